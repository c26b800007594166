import * as core from '@cherenkit/core';
import { expect } from 'chai';
import ts from 'typescript';
import { inEditor } from '../../support/in-editor.js';

/** The documentation expected for a field: its description and its unit in memory. */
function expectedComment({ description, column }: core.Field): string {
  const unit = column && 'unit' in column ? column.unit : undefined;
  const text = unit === undefined ? description : `${description}, ${core.memoryUnitOf(unit)}`;
  return text.endsWith('.') ? text : `${text}.`;
}

const EXPORTS: [string, unknown][] = Object.entries({ ...core, ...core.dataModel });
const CONTAINERS = EXPORTS.filter(
  (entry): entry is [string, core.ContainerClass] =>
    typeof entry[1] === 'function' && entry[1].prototype instanceof core.Container,
);

describe('documentation of container fields', function () {
  this.timeout(60_000);
  const uses = CONTAINERS.map(([name]) => {
    const module = name in core ? 'core' : 'core.dataModel';
    return `export declare const the${name}: ${module}.${name};`;
  });
  const path = `import * as core from '@cherenkit/core';
${uses.join('\n')}
export const width = (event: core.ArrayEvent) => event.dl1.tel.get(1)?.parameters?.leakage.pixelsWidth_1;
export const alt = (event: core.ArrayEvent) => event.dl2.stereo.geometry.get('HillasReconstructor')?.alt;
export const energy = (event: core.ArrayEvent) => event.simulation?.shower?.energy;
`;
  const { service, file } = inEditor(path);

  it('shows description and unit in an editor', () => {
    const shown = (name: string): string => {
      const info = service.getQuickInfoAtPosition(file, path.lastIndexOf(name));
      return ts.displayPartsToString(info?.documentation);
    };
    expect(shown('pixelsWidth_1')).to.equal('Fraction of the pixels in the outermost ring.');
    expect(shown('alt;')).to.equal('Altitude of the origin, rad.');
    expect(shown('energy;')).to.equal('Energy of the primary particle, TeV.');
    expect(shown('dl2.')).to.equal('Reconstructed shower.');
  });

  it('agrees with the field definitions', () => {
    const program = service.getProgram();
    const source = program?.getSourceFile(file);
    const checker = program?.getTypeChecker();
    if (!program || !source || !checker) throw new Error('the program has no file');
    const problems = program.getSemanticDiagnostics(source).map(({ messageText }) => messageText);
    expect(problems).to.deep.equal([]);
    const types = new Map(
      checker
        .getSymbolsInScope(source.endOfFileToken, ts.SymbolFlags.BlockScopedVariable)
        .map((symbol) => [symbol.name, checker.getTypeOfSymbolAtLocation(symbol, source)]),
    );
    expect(CONTAINERS.length).to.be.greaterThan(50);
    for (const [name, { fields }] of CONTAINERS) {
      for (const [field, entry] of Object.entries(fields)) {
        const property = types.get(`the${name}`)?.getProperty(field);
        const comment = ts.displayPartsToString(property?.getDocumentationComment(checker));
        expect(comment, `${name}.${field}`).to.equal(expectedComment(entry));
      }
    }
  });
});
