import type { Scene } from './scene.js';
import { paint, type PaintContext, type PaintOptions } from './paint.js';
import { toSvg } from './to-svg.js';

/** Something that can be drawn. */
export abstract class Picture {
  /** The picture as data. */
  abstract readonly scene: Scene;

  /** The picture as SVG: the same text for the same content. */
  toSvg(): string {
    return toSvg(this.scene);
  }

  /** Draws on a canvas, see `paint`. */
  paint(context: PaintContext, options?: PaintOptions): void {
    paint(this.scene, context, options);
  }
}

/** A picture whose scene is made when it is needed, and again after a change. */
export abstract class ChangingPicture extends Picture {
  #scene: Scene | undefined;

  override get scene(): Scene {
    return (this.#scene ??= this.draw());
  }

  /** Makes the scene. */
  protected abstract draw(): Scene;

  /** To be called after each change. */
  protected changed(): void {
    this.#scene = undefined;
  }
}
