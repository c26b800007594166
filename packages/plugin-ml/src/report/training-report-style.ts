/** Style sheet of the report of a training, in addition to that of all pages. */
export const TRAINING_REPORT_STYLE = `
.hint { max-width: 75ch }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: 4px 14px 4px 0; text-align: right; white-space: nowrap; vertical-align: top }
thead th { border-bottom: 1px solid var(--line) } tbody + tbody th, tbody + tbody td { border-top: 1px solid var(--line) }
th:first-child, .text td, .text th { text-align: left } tbody th { font-weight: normal }
.text td { white-space: normal; overflow-wrap: anywhere } .text th { color: var(--faint) }
.bar { display: inline-block; height: 0.7em; margin-left: 8px; background: var(--accent) } .track { display: inline-block; width: 88px; text-align: left }
`;
