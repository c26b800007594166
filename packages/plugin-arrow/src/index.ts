import { definePlugin } from '@cherenkit/core';
import { ArrowTableExporter } from './arrow-table-exporter.js';

export { ArrowTableExporter };

export default definePlugin({ name: 'arrow', apiVersion: 1, components: [ArrowTableExporter] });
