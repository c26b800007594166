import { definePlugin } from '@cherenkit/core';
import { ImPACTReconstructor } from './impact-reconstructor.js';
import { MakeTemplatesTool } from './tools/make-templates-tool.js';

export { ImPACTReconstructor, MakeTemplatesTool };
export { checkTemplates, type CheckedTemplates } from './templates/check-templates.js';
export { readTemplateFile, type TemplateFile } from './templates/template-file.js';
export { readCtapipeTemplates } from './templates/ctapipe-templates.js';
export { readNeutralTemplates, writeNeutralTemplates } from './templates/neutral-templates.js';
export type { Templates } from './templates/templates.js';

export default definePlugin({ name: 'impact', apiVersion: 1, components: [ImPACTReconstructor, MakeTemplatesTool] });
