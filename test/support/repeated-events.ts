import { ByteOutput, openFile } from '@cherenkit/io';
import { FileSink } from '@cherenkit/io/node';
import { SimtelFile, SimtelFileWriter, type SimtelEvent } from '@cherenkit/plugin-simtel/eventio';

/** Writes the events of a file repeatedly, each with a unique event id, until `telescopeEvents` is reached. */
export async function writeRepeatedly(from: string, to: string, telescopeEvents: number): Promise<void> {
  await using file = await SimtelFile.open(await openFile(from));
  const events: SimtelEvent[] = [];
  for await (const event of file.events()) events.push(event);
  await using output = await ByteOutput.open(new FileSink(to), to);
  const writer = new SimtelFileWriter(output);
  await writer.writeHeader(file.header);
  for (let eventId = 1, count = 0; count < telescopeEvents; eventId++) {
    const event = events[eventId % events.length];
    await writer.writeEvent({ ...event, recorded: { ...event.recorded, eventId } });
    count += event.recorded.telescopes.size;
  }
  await writer.writeHistograms([]);
  await output.publish();
}
