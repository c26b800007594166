import { definePlugin } from '@cherenkit/core';

import { CsvTableExporter } from './export/csv-table-exporter.js';
import { ParquetTableExporter } from './export/parquet-table-exporter.js';
import { TableLoader } from './loader/index.js';
import { HDF5EventSource } from './source/hdf5-event-source.js';
import { HDF5MonitoringSource } from './monitoring/hdf5-monitoring-source.js';
import { HDF5Merger } from './merge/hdf5-merger.js';
import { CheckTool } from './tools/check-tool.js';
import { DiffTool } from './tools/diff-tool.js';
import { DumpInstrumentTool } from './tools/dump-instrument-tool.js';
import { ExportTool } from './tools/export-tool.js';
import { FileInfoTool } from './tools/file-info-tool.js';
import { TablesTool } from './tools/tables-tool.js';
import { MergeTool } from './tools/merge-tool.js';
import { HDF5DataWriter } from './writer/hdf5-data-writer.js';
import { Contact, Instrument } from './writer/reference-metadata.js';

export {
  Hdf5File,
  provideBloscFilter,
  type Hdf5Array,
  type Hdf5OpenOptions,
  type Hdf5Source,
  type Hdf5Table,
} from './engine/index.js';
export type { AttributeContent, ColumnDestination, DatasetFilter, StoredMember } from './engine/index.js';
export { readTable, readTableChunks, type ReadTableChunksOptions, type ReadTableOptions } from './tables/read-table.js';
export { Hdf5Writer } from './format/hdf5-writer.js';
export { readSubarray } from './tables/read-subarray.js';
export { TableChunks, type SubarrayEventOptions, type TableChunk, type TelescopeEventOptions } from './loader/index.js';
export { findRows } from './loader/rows-by-ids.js';
export { startTable, writeTable } from './tables/write-table.js';
export { inputFiles, type GivenFiles } from './tools/input-files.js';
export { readStoredOrigin, type MergedShards, type StoredOrigin } from './tables/stored-record.js';
export { makeOutputFolder } from './tools/output-folder.js';
export { defectOfOutput, OUTPUT_DEFECTS, type DefectiveOutput } from './merge/output-state.js';
export { readManifestFile } from './merge/manifest-file.js';
export type { AddedTables, MergeResult, MergeRunOptions } from './merge/hdf5-merger.js';
export {
  CheckTool,
  Contact,
  CsvTableExporter,
  DiffTool,
  DumpInstrumentTool,
  ExportTool,
  FileInfoTool,
  HDF5DataWriter,
  HDF5EventSource,
  HDF5Merger,
  HDF5MonitoringSource,
  Instrument,
  MergeTool,
  ParquetTableExporter,
  TableLoader,
  TablesTool,
};

export default definePlugin({
  name: 'hdf5',
  apiVersion: 1,
  kinds: [Contact, HDF5Merger, Instrument, TableLoader],
  components: [
    CheckTool,
    Contact,
    CsvTableExporter,
    DiffTool,
    DumpInstrumentTool,
    ExportTool,
    FileInfoTool,
    HDF5DataWriter,
    HDF5EventSource,
    HDF5Merger,
    HDF5MonitoringSource,
    Instrument,
    MergeTool,
    ParquetTableExporter,
    TableLoader,
    TablesTool,
  ],
});
