/**
 * Finds people by the code that they show (the address of a check-in), with the camera, where the browser reads codes
 * (Barcode Detection API). It only finds: the button of the person marks.
 */

/** A browser's reader of codes; TypeScript does not know it. */
/** @typedef {{ detect(video: HTMLVideoElement): Promise<{ rawValue: string }[]> }} Reader */

const code = /\/kontor\/in\/([\w-]+)$/;
const idBytes = 12;

/** Shows the button that turns the camera on. @param onCode gets what each code says */
export async function offerScanner(/** @type {(address: string) => void} */ onCode) {
  const button = document.getElementById('scan');
  const video = /** @type {HTMLVideoElement | null} */ (document.getElementById('camera'));
  const Detector = /** @type {any} */ (window).BarcodeDetector;
  if (!button || !video || !Detector || !navigator.mediaDevices) return;
  if (!(await Detector.getSupportedFormats()).includes('qr_code')) return;
  const reader = /** @type {Reader} */ (new Detector({ formats: ['qr_code'] }));
  button.hidden = false;
  button.addEventListener(
    'click',
    () => void scan(reader, button, video).then((text) => text && onCode(text)),
  );
}

/** Looks through the camera until there is a code, or the button is pressed again. */
async function scan(
  /** @type {Reader} */ reader,
  /** @type {HTMLElement} */ button,
  /** @type {HTMLVideoElement} */ video,
) {
  if (button.getAttribute('aria-pressed') === 'true') return void stop(button, video);
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  button.setAttribute('aria-pressed', 'true');
  video.hidden = false;
  await video.play();
  while (video.srcObject) {
    const [found] = await reader.detect(video).catch(() => []);
    if (found) {
      stop(button, video);
      return found.rawValue;
    }
    await new Promise(requestAnimationFrame);
  }
}

function stop(/** @type {HTMLElement} */ button, /** @type {HTMLVideoElement} */ video) {
  for (const track of /** @type {MediaStream} */ (video.srcObject).getTracks()) track.stop();
  video.srcObject = null;
  video.hidden = true;
  button.setAttribute('aria-pressed', 'false');
}

/** The id of the registration that a code is of; null if it is no code of ours. A check-in's token begins with the id. */
export function registrationIn(/** @type {string} */ address) {
  const [, token] = code.exec(address) ?? [];
  if (!token) return null;
  const bytes = atob(
    token
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .slice(0, (idBytes * 4) / 3),
  );
  return [...bytes].map((one) => one.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}
