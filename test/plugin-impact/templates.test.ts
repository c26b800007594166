import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { CherenkitError } from '@cherenkit/core';
import { byteSourceFrom, MemorySink } from '@cherenkit/io';
import { radians } from '@cherenkit/kernels';
import {
  checkTemplates,
  readCtapipeTemplates,
  readNeutralTemplates,
  readTemplateFile,
  writeNeutralTemplates,
  type Templates,
} from '@cherenkit/plugin-impact';
import { TemporaryFolder } from '@cherenkit/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { runCtapipePython, skipWithoutCtapipe } from '../support/ctapipe-python.js';
import { errorOf } from '../support/error-of.js';
import { impactFile } from '../support/impact-reference.js';
import { skipWithoutTestData } from '../support/test-data.js';

const AXES = { xMin: radians(-1), xMax: radians(1), nX: 3, yMin: radians(-0.5), yMax: radians(0.5), nY: 2 };

function smallTemplates(n: number): Templates {
  return {
    axes: AXES,
    keys: Float64Array.from({ length: 5 * n }, (_, i) => (i % 5 < 2 ? 20 : (i * i) % 97)),
    images: Array.from({ length: n }, (_, i) => Float32Array.from({ length: 6 }, (_, j) => i + j / 4)),
    timeGradients: Float32Array.from({ length: 2 * n }, (_, i) => i / 2),
    simplices: Int32Array.of(0, 1, 2, 3, 1, 2, 3, 4),
    cameraName: 'Kamera ä',
    pedestalWidth: 1.25,
    speWidth: 0.75,
  };
}

async function bytesOf(templates: Templates): Promise<Uint8Array> {
  const sink = new MemorySink();
  await writeNeutralTemplates(sink, templates);
  return sink.bytes ?? new Uint8Array();
}

/** Reads a pickle that is not compressed. */
function readPickled(bytes: Uint8Array): Promise<Templates> {
  return readCtapipeTemplates(byteSourceFrom(bytes, 'bad.template.gz'), undefined);
}

async function expectCorrupt(bytes: Uint8Array, text: string): Promise<void> {
  const error = await errorOf(readPickled(bytes));
  expect(error, text).to.be.instanceOf(CherenkitError);
  expect(error).to.have.property('code', 'TEMPLATES_CORRUPT');
  expect(error.message).to.contain(text);
}

describe('image templates in HDF5', () => {
  it('are read as they were written', async () => {
    const templates = smallTemplates(5);
    expect(await readNeutralTemplates(await bytesOf(templates))).to.deep.equal(templates);
    const { timeGradients, simplices, speWidth, pedestalWidth, ...required } = smallTemplates(200);
    const read = await readNeutralTemplates(await bytesOf(required));
    expect(read).to.deep.equal({
      ...required,
      timeGradients: undefined,
      simplices: undefined,
      pedestalWidth: undefined,
      speWidth: undefined,
    });
    expect([timeGradients, simplices, speWidth, pedestalWidth]).not.to.contain(undefined);
  });

  it('can be read by h5py', async function () {
    skipWithoutCtapipe.call(this);
    using folder = new TemporaryFolder();
    writeFileSync(folder.join('small.templates.h5'), await bytesOf(smallTemplates(4)));
    const program = `
import h5py, json
with h5py.File("small.templates.h5") as f:
    print(json.dumps([f["images"].shape, f["images"].chunks, f["images"][3].ravel().tolist(), f["keys"][1].tolist(), f["simplices"][1].tolist(), f.attrs["camera_name"].decode() if isinstance(f.attrs["camera_name"], bytes) else str(f.attrs["camera_name"]), float(f.attrs["x_max"])]))`;
    const { stdout, stderr } = await runCtapipePython(['-c', program], { cwd: folder.path });
    expect(stderr).to.equal('');
    const [shape, chunks, image, key, cell, name, xMax] = JSON.parse(stdout) as unknown[];
    expect([shape, chunks]).to.deep.equal([[4, 3, 2], [1, 3, 2]]); // prettier-ignore
    expect([image, key, cell]).to.deep.equal([[3, 3.25, 3.5, 3.75, 4, 4.25], [20, 20, 49, 64, 81], [1, 2, 3, 4]]); // prettier-ignore
    expect([name, xMax]).to.deep.equal(['Kamera ä', 1]);
  });

  it('are refused if an array is missing or has another shape', async () => {
    using folder = new TemporaryFolder();
    const path = folder.join('bad.templates.h5');
    const cases: [Partial<Templates>, string][] = [
      [{ keys: new Float64Array(5 * 5).fill(NaN) }, 'the key of template 0 is not finite'],
      [{ simplices: Int32Array.of(0, 1, 2, 7) }, 'the corner 7'],
      [{ axes: { ...AXES, xMax: radians(-2) } }, 'in increasing order'],
      [{ keys: smallTemplates(5).keys.with(2, 0) }, 'has the energy 0 TeV'],
      [{ pedestalWidth: 0 }, 'its attribute pedestal_width is 0'],
      [{ speWidth: NaN }, 'its attribute spe_width is NaN'],
    ];
    for (const [change, text] of cases) {
      writeFileSync(path, await bytesOf({ ...smallTemplates(5), ...change }));
      const error = await errorOf(readTemplateFile(path));
      expect(error).to.have.property('code', 'TEMPLATES_CORRUPT');
      expect(error.message).to.contain(path).and.to.contain(text);
    }
    const images = smallTemplates(5).images;
    const infinite = { images: [...images.slice(1), images[0].with(3, Infinity)] };
    const dark = { images: images.map((image) => image.map((value, i) => (i === 1 ? NaN : -value))) };
    for (const [change, text] of [
      [infinite, 'template 4 has an infinite value'],
      [dark, 'none of the 5 templates has a positive value'],
    ] as const) {
      writeFileSync(path, await bytesOf({ ...smallTemplates(5), ...change }));
      const error = await errorOf(readTemplateFile(path));
      expect(error).to.include({ code: 'TEMPLATES_CORRUPT', exitCode: 65 });
      expect(error.message).to.contain(`${path}: ${text}`);
    }
    writeFileSync(path, 'no templates');
    expect(await errorOf(readTemplateFile(path))).to.have.property('code', 'HDF5_CORRUPT');
    expect(await errorOf(readTemplateFile(folder.join('none.h5')))).to.have.property('code', 'INPUT_MISSING');
  });
});

describe('values of image templates', () => {
  const [first, ...others] = smallTemplates(5).images;

  it('are used as they are if they are usual', () => {
    const { warnings, templates } = checkTemplates('x', smallTemplates(5));
    expect(warnings).to.have.length(0);
    expect(templates.images).to.deep.equal(smallTemplates(5).images);
    // Averages of charges fluctuate around 0.
    const fluctuating = { ...smallTemplates(5), images: [first.with(2, -0.01), ...others] };
    expect(checkTemplates('x', fluctuating).warnings).to.have.length(0);
  });

  it('are dark instead of NaN, with a warning, as of templates without light and of negative values', () => {
    const images = [first.with(0, NaN), new Float32Array(6), ...others.slice(1, -1), others[3].with(5, -2)];
    const { warnings, templates } = checkTemplates('x', { ...smallTemplates(5), images });
    expect(templates.images[0]).to.deep.equal(first.with(0, 0));
    expect(warnings).to.have.length(3);
    expect(warnings[0]).to.contain('1 of 5 templates have nodes without a number');
    expect(warnings[1]).to.contain('1 of 5 templates have no positive value');
    expect(warnings[2]).to.contain('-2.00 p.e.');
  });
});

describe("ctapipe's image templates", () => {
  it('are refused by name if the compressed file is damaged', async () => {
    using folder = new TemporaryFolder();
    const bytes = gzipSync(new Uint8Array(1000));
    for (const [name, damaged] of [
      ['short.gz', bytes.subarray(0, -9)],
      ['other.gz', Uint8Array.from(bytes, (byte, i) => (i === bytes.length - 6 ? byte ^ 255 : byte))],
    ] as const) {
      writeFileSync(folder.join(name), damaged);
      const error = await errorOf(readTemplateFile(folder.join(name)));
      expect(error).to.include({ code: 'TEMPLATES_CORRUPT', exitCode: 65 });
      expect(error.message).to.contain(folder.join(name));
    }
  });

  it('are the same as in HDF5, apart from cells and widths', async function () {
    skipWithoutTestData.call(this);
    const cameras = [['affine', 'LSTS-design'], ['curved', 'LSTN-design'], ['curved', 'MSTx-NectarCam']]; // prettier-ignore
    for (const [kind, camera] of cameras) {
      const pickled = await readCtapipeTemplates(
        byteSourceFrom(readFileSync(impactFile(kind, `${camera}.template.gz`))),
        byteSourceFrom(readFileSync(impactFile(kind, `${camera}_time.template.gz`))),
      );
      const neutral = await readNeutralTemplates(impactFile(kind, `${camera}.templates.h5`));
      expect(pickled.keys).to.deep.equal(neutral.keys);
      expect(pickled.images).to.deep.equal(neutral.images);
      expect(pickled.timeGradients).to.deep.equal(neutral.timeGradients);
      const axesOf = ({ axes }: Templates): number[] => [axes.xMin, axes.xMax, axes.nX, axes.yMin, axes.yMax, axes.nY];
      axesOf(pickled).forEach((value, i) => expect(value).to.be.closeTo(axesOf(neutral)[i], 1e-12));
    }
  });

  it('are read from pickles of all protocols of Python 3, in either byte order', async function () {
    skipWithoutCtapipe.call(this);
    using folder = new TemporaryFolder();
    const program = `
import gzip, pickle, numpy as np
for protocol in (3, 4, 5):
    for code in ("<f4", ">f4", "<f8", ">i2"):
        d = {(20.0, 0, np.float64(0.5), np.float32(100), 10): np.arange(6).reshape(3, 2).astype(code), (20.0, 0.0, 1.0, 100.0, 10.0, 0.5): np.ones((3, 2), code)}
        with gzip.open(f"{protocol}{code[1:]}{'b' if code[0] == '>' else 'l'}.template.gz", "wb") as f:
            pickle.dump(d, f, protocol)`;
    const { stderr } = await runCtapipePython(['-c', program], { cwd: folder.path });
    expect(stderr).to.equal('');
    for (const protocol of [3, 4, 5]) {
      for (const code of ['f4l', 'f4b', 'f8l', 'i2b']) {
        const { keys, images } = await readCtapipeTemplates(
          byteSourceFrom(readFileSync(folder.join(`${protocol}${code}.template.gz`))),
          undefined,
        );
        expect([...keys]).to.deep.equal([20, 0, 0.5, 100, 10, 20, 0, 1, 100, 10]);
        expect(images.map((image) => [...image])).to.deep.equal([[0, 1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1]]); // prettier-ignore
      }
    }
  });

  it('are refused if a pickle would run code', async () => {
    const text = (content: string): Uint8Array => new TextEncoder().encode(content);
    await expectCorrupt(text("cos\nsystem\n(S'true'\ntR."), 'os.system, which is not allowed');
    await expectCorrupt(text('cbuiltins\neval\n.'), 'builtins.eval');
    await expectCorrupt(text('cnumpy\nload\n.'), 'numpy.load');
    await expectCorrupt(Uint8Array.of(0x80, 4, 0x8c, 2, 0x6f, 0x73, 0x8c, 6, 0x73, 0x79, 0x73, 0x74, 0x65, 0x6d, 0x93, 0x2e), 'os.system'); // prettier-ignore
    for (const opcode of [0x69, 0x6f, 0x81, 0x92, 0x82, 0x50, 0x51, 0x97]) {
      await expectCorrupt(Uint8Array.of(0x80, 4, opcode, 0x2e), `opcode 0x${opcode.toString(16)}`);
    }
  });

  it('are refused if lengths do not agree with the bytes, before memory is reserved', async () => {
    await expectCorrupt(Uint8Array.of(0x80, 5, 0x8e, 255, 255, 255, 255, 255, 255, 0, 0, 0x2e), 'within a value');
    await expectCorrupt(Uint8Array.of(0x80, 9, 0x2e), 'protocol 9');
    await expectCorrupt(Uint8Array.of(0x80, 4, 0x7d, 0x2e), 'there are no templates');
    await expectCorrupt(Uint8Array.of(0x80, 4, 0x4b, 1, 0x2e), 'no dictionary');
    await expectCorrupt(new Uint8Array(0), 'within a value');
    const bomb = gzipSync(new Uint8Array(2 ** 20));
    const error = await errorOf(readCtapipeTemplates(byteSourceFrom(bomb, 'bomb'), undefined, 2 ** 16));
    expect(error.message).to.contain('more than 65536 bytes');
  });

  it('are read or refused, however they are damaged', async function () {
    skipWithoutTestData.call(this);
    const whole = gunzipSync(readFileSync(impactFile('affine', 'LSTS-design_time.template.gz')));
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(whole.length), fc.boolean(), async (changed, length, isCut) => {
        const bytes = Uint8Array.from(isCut ? whole.subarray(0, length) : whole);
        for (const [at, value] of changed) if (at < bytes.length) bytes[at] = value;
        const source = (): ReturnType<typeof byteSourceFrom> => byteSourceFrom(bytes, 'damaged');
        const error = await errorOf(readCtapipeTemplates(source(), source()));
        expect(error).to.have.property('code', 'TEMPLATES_CORRUPT');
      }),
      { numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        expect(await errorOf(readPickled(bytes))).to.have.property('code', 'TEMPLATES_CORRUPT');
      }),
      { numRuns: 500 },
    );
  });
});
