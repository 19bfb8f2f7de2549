/** For a suite that tells one story: after a chapter that failed, those that follow are skipped. */
export function inChapters(): void {
  let failed = false;
  beforeEach(function () {
    if (failed) this.skip();
  });
  afterEach(function () {
    failed ||= this.currentTest?.state === 'failed';
  });
}
