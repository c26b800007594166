import { definePlugin } from '@cherenkit/core';

export default definePlugin({ name: 'monitoring', apiVersion: 1, components: [] });
