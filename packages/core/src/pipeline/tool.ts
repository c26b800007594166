import { Component } from '../component/index.js';

/** A program made of components: the root of a configuration. */
export abstract class Tool extends Component {
  static override readonly kind: string = 'Tool';
}
