import type { Picture } from '@cherenkit/display';
import { make } from './make-element.js';

/** A canvas that shows a picture. */
export class PictureCanvas {
  readonly element = make('canvas', { role: 'img' });

  /** @param description - text for those who cannot see the picture; default: that of the picture */
  paint(picture: Picture, width: number, height: number, description?: string): void {
    const ratio = window.devicePixelRatio || 1;
    const { element } = this;
    const [dotsX, dotsY] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (element.width !== dotsX || element.height !== dotsY) {
      element.width = dotsX;
      element.height = dotsY;
      element.style.width = `${width}px`;
      element.style.height = `${height}px`;
    }
    const label = description ?? `${picture.scene.title}. ${picture.scene.description}`;
    if (element.getAttribute('aria-label') !== label) element.setAttribute('aria-label', label);
    const context = element.getContext('2d');
    if (context) picture.paint(context, { ratio });
  }

  /** Position of a mouse event in the picture, CSS pixels. */
  positionOf({ clientX, clientY }: MouseEvent): [x: number, y: number] {
    const { left, top } = this.element.getBoundingClientRect();
    return [clientX - left, clientY - top];
  }
}
