import { definePlugin } from '@cherenkit/core';
import { OnnxGraphRunner } from './node/onnx-graph-runner.js';

export { OnnxGraphRunner };

export default definePlugin({ name: 'onnx', apiVersion: 1, components: [OnnxGraphRunner] });
