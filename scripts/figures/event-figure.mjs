// Picture of an event for the README: the image of a camera, and the array.
import { cameraPicture, groundPicture, subplots } from '@cherenkit/display';
import { EventSource, createPipeline, processEvent } from 'cherenkit';

const SIZE = { width: 500, height: 440 };

export async function eventFigure() {
  const source = await EventSource.open('toymodel:?array=north', { maxEvents: 3 });
  const { subarray } = source;
  const pipeline = await createPipeline({ subarray });
  const pictures = [];
  for await (const event of source) {
    if (event.index.eventId !== 3) continue;
    processEvent(event, pipeline);
    const telId = 3;
    const title = `Telescope ${telId}, ${subarray.typeOf(telId)}`;
    const camera = cameraPicture(event, subarray, telId, { ...SIZE, title });
    camera.setView({ x: [-1.4, 1.2], y: [-1.6, 1] });
    pictures.push(camera, groundPicture(event, subarray, SIZE));
  }
  await pipeline[Symbol.asyncDispose]();
  await source[Symbol.asyncDispose]();
  return { 'images/event.svg': subplots(1, 2, pictures).toSvg() };
}
