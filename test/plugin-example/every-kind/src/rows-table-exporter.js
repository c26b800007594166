import { TableExporter, trait } from '@cherenkit/core';

export class RowsTableExporter extends TableExporter.withTraits({
  separator: trait.string({ default: '\n', help: 'Text after each row.' }),
}) {
  static help = 'Writes a JSON object per row.';
  static recognises = [{ extension: '.jsonl' }]; // export ... -o showers.jsonl, or --format jsonl

  open(sink) {
    this.sink = sink; // the caller publishes it
  }

  write(table) {
    const rows = table.toJSON().map((row) => `${JSON.stringify(row)}${this.traits.separator}`);
    this.sink.append(new TextEncoder().encode(rows.join('')));
  }

  finish() {}
}
