import type { Composition } from '../framework/composition/composition.js';
import type { PluginRegistry } from '../framework/plugin/index.js';
import { TableExporter, type TableExporters } from '../output/index.js';

/**
 * Lists the table exporters of a run, from manifests alone.
 *
 * @param composition - called when an exporter is created
 */
export function tableExporters(
  { catalog, failureHint }: Pick<PluginRegistry, 'catalog' | 'failureHint'>,
  composition: () => Composition,
): TableExporters {
  return {
    get formats() {
      return catalog
        .idsOfKind('TableExporter')
        .flatMap((exporter) =>
          (catalog.find(exporter)?.entry.recognises ?? []).flatMap(({ extension }) =>
            extension === undefined ? [] : { name: extension.replace(/^\./, ''), exporter },
          ),
        );
    },
    get failureHint() {
      return failureHint('TableExporter');
    },
    create: ({ exporter }) => composition().createChosen(TableExporter, exporter),
  };
}
