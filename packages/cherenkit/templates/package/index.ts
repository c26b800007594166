import { definePlugin } from '@cherenkit/core';
import { TemplateComponent } from './template-component.js';

export { TemplateComponent };

export default definePlugin({ name: 'template-plugin', apiVersion: 1, components: [TemplateComponent] });
