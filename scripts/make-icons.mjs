/**
 * `npm run generate:icons`: draws the files of public/ from the mark of app/icon.svg: favicon.ico, the icons of phones and the
 * image that is shown where a link is shared.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import sharp from "sharp";

const folder = fileURLToPath(new URL("../public/", import.meta.url));

const paper = "#fbfbfa";
const ink = "#171716";
const accent = "#2f55c8";

/** The arch under a roof, 20 by 20 units. */
const mark = `<g fill="none" stroke="${accent}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">
  <path d="M3 17.2V7.6L10 2.8l7 4.8v9.6"/><path d="M6.6 17.2v-5a3.4 3.4 0 0 1 6.8 0v5"/><path d="M1.8 17.2h16.4"/>
</g>`;

/** @param {number} size edge in pixels @param {number} margin share of the edge that stays free around the mark */
function square(size, margin) {
  const inner = size * (1 - 2 * margin);
  const from = size * margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">
    <rect width="${size}" height="${size}" fill="${paper}"/>
    <g transform="translate(${from} ${from}) scale(${inner / 20})">${mark}</g></svg>`;
}

const share = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630">
  <rect width="1200" height="630" fill="${paper}"/>
  <g transform="translate(110 215) scale(10)">${mark}</g>
  <text x="360" y="310" font-family="Geist, Inter, DejaVu Sans, sans-serif" font-size="92" font-weight="600" fill="${ink}">Gatehouse</text>
  <text x="364" y="380" font-family="Geist, Inter, DejaVu Sans, sans-serif" font-size="38" fill="#5f5f5b">The access desk of an API</text>
</svg>`;

/** @param {string} svg */
const png = (svg) => sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toBuffer();

/** One PNG in the container that old browsers ask for. @param {Buffer} image @param {number} size */
function ico(image, size) {
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(1, 4);
  header.writeUInt8(size, 6);
  header.writeUInt8(size, 7);
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(32, 12);
  header.writeUInt32LE(image.length, 14);
  header.writeUInt32LE(header.length, 18);
  return Buffer.concat([header, image]);
}

await mkdir(folder, { recursive: true });
const files = {
  "favicon.ico": ico(await png(square(32, 0.06)), 32),
  "apple-touch-icon.png": await png(square(180, 0.16)),
  "icon-192.png": await png(square(192, 0.18)),
  "icon-512.png": await png(square(512, 0.18)),
  "share.png": await png(share),
};
for (const [name, content] of Object.entries(files)) await writeFile(folder + name, content);
process.stdout.write(`Written to public/: ${Object.keys(files).join(", ")}\n`);
