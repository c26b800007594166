export { provide, type ProvidedService } from './service-container.js';
