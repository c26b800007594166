export { DataWriter } from './data-writer.js';
