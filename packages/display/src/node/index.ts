export { toPng, type PngOptions } from './png.js';
export { writePicture, type WritePictureOptions } from './write-picture.js';
