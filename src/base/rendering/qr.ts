import { encodeQR } from 'qr';

/**
 * A QR code (ISO/IEC 18004) as one SVG path, dark on light: rectangles in a square of `size` modules, with the quiet zone
 * of four modules around it that readers need.
 */
export function qrCode(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.flatMap((row, y) => {
    const modules = row.map((isDark) => (isDark ? '1' : '0')).join('');
    return [...modules.matchAll(/1+/g)].map(
      ({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`,
    );
  });
  return { size: rows.length, path: path.join('') };
}
