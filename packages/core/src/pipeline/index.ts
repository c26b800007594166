export { Tool } from './tool.js';
