// Loaded before a program of ours by `node --import`; plain JavaScript, so that an older Node can say what is missing.
const [major] = process.versions.node.split('.');

if (Number(major) < 24) {
  process.stderr.write(
    `Boostdagar needs Node 24 or newer, and this is Node ${process.versions.node}. On Linux (x64, arm64) "npm ci" brings it, unless it is told to leave out optional packages; elsewhere, as on macOS, install it from https://nodejs.org first.\n`,
  );
  process.exit(1);
}
