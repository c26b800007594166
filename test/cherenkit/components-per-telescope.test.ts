import { createPipeline, EventSource, type ArrayEvent, type Configuration } from 'cherenkit';
import { expect } from 'chai';
import { inTestData, skipWithoutTestData } from '../support/test-data.js';

/** The first event of an input after calibration and image processing. */
async function firstEvent(url: string, config: Configuration): Promise<ArrayEvent> {
  await using source = await EventSource.open(url, { maxEvents: 1 }, { config });
  const { calibrator, imageProcessor } = await createPipeline({ subarray: source.subarray, config });
  for await (const event of source) {
    calibrator.calibrate(event);
    imageProcessor.process(event);
    return event;
  }
  throw new Error(`${url} has no events.`);
}

/** Telescope id, image and cleaning mask of each telescope. */
function imagesOf(event: ArrayEvent, telIds: Iterable<number>): unknown[] {
  return [...telIds].map((telId) => {
    const { image, imageMask } = event.dl1.tel.get(telId) ?? {};
    return [telId, image, imageMask];
  });
}

describe('components selected per telescope', function () {
  this.timeout(60_000);

  const fixed = { peak_index: 9, window_width: 5, window_shift: 2 };
  const cuts = {
    picture_threshold_pe: [
      ['type', '*', 8],
      ['id', 1, 20],
    ],
    boundary_threshold_pe: 4,
  };
  const ways: Readonly<Record<string, object>> = {
    nested: {
      ProcessorTool: {
        CameraCalibrator: {
          image_extractor_type: [
            ['type', '*', 'NeighborPeakWindowSum'],
            ['id', 1, 'FixedWindowSum'],
          ],
          data_volume_reducer_type: [['type', '*', 'NullDataVolumeReducer']],
          FixedWindowSum: fixed,
        },
        ImageProcessor: { image_cleaner_type: [['type', '*', 'TailcutsImageCleaner']], TailcutsImageCleaner: cuts },
      },
    },
    flat: {
      CameraCalibrator: {
        image_extractor_type: [
          ['type', '*', 'NeighborPeakWindowSum'],
          ['id', 1, 'FixedWindowSum'],
        ],
      },
      FixedWindowSum: { ...fixed, peak_index: [['id', 1, 9]] },
      TailcutsImageCleaner: cuts,
    },
    'by sections of base classes': {
      CameraCalibrator: {
        image_extractor_type: [
          ['type', '*', 'NeighborPeakWindowSum'],
          ['id', '1', 'FixedWindowSum'],
        ],
      },
      ImageExtractor: { peak_index: 9, FixedWindowSum: {} },
      FixedWindowSum: { window_width: 5, window_shift: 2 },
      ImageCleaner: cuts,
    },
  };

  for (const [way, config] of Object.entries(ways)) {
    it(`use their own options: ${way}`, async () => {
      const event = await firstEvent('toymodel:', config);
      const rest = [...event.dl1.tel.keys()].filter((telId) => telId !== 1);
      const everywhere = await firstEvent('toymodel:', {
        CameraCalibrator: { image_extractor_type: 'FixedWindowSum', FixedWindowSum: fixed },
        TailcutsImageCleaner: { ...cuts, picture_threshold_pe: 20 },
      });
      const nowhere = await firstEvent('toymodel:', { TailcutsImageCleaner: { ...cuts, picture_threshold_pe: 8 } });
      expect(rest).not.to.have.length(0);
      expect(imagesOf(event, [1])).to.deep.equal(imagesOf(everywhere, [1]));
      expect(imagesOf(event, rest)).to.deep.equal(imagesOf(nowhere, rest));
      expect(imagesOf(everywhere, rest)).not.to.deep.equal(imagesOf(nowhere, rest));
    });
  }

  it('can be gain selectors', async function () {
    skipWithoutTestData.call(this);
    const url = inTestData('data', 'proton_north_alpha_700.simtel.zst');
    const gainsOf = async (config: Configuration): Promise<Map<number, string>> => {
      const { r1 } = await firstEvent(url, config);
      return new Map(
        [...r1.tel].map(([telId, { selectedGainChannel }]) => [telId, [...new Set(selectedGainChannel)].sort().join()]),
      );
    };
    const chosen = await gainsOf({
      EventSource: {
        gain_selector_type: [
          ['type', '*', 'ThresholdGainSelector'],
          ['type', 'MST*', 'ManualGainSelector'],
        ],
      },
      SimTelEventSource: {
        ManualGainSelector: {
          channel: [
            ['type', '*', 'LOW'],
            ['id', 8, 'high'],
          ],
        },
      },
    });
    expect([...chosen]).to.deep.equal([
      [7, '1'],
      [8, '0'],
      [13, '1'],
    ]);
    expect([...(await gainsOf({})).values()]).to.deep.equal(['0', '0', '0']);
  });
});
