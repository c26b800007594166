import type { CompletionCommand } from './completion-commands.js';

/** A shell with a completion script. */
export type Shell = 'bash' | 'zsh';

/**
 * Writes the script that completes commands, subcommands, flags, their choices and options of components. All other words
 * are completed as files. Zsh uses the script of bash by its `bashcompinit`.
 *
 * @param traits - options of components, with their equals sign
 */
export function completionScript(
  shell: Shell,
  commands: readonly CompletionCommand[],
  traits: readonly string[],
): string {
  const first = [...new Set(commands.map(({ words: [word = ''] }) => word))];
  const topics = first.filter((word) => commands.some(({ words }) => words[0] === word && words.length > 1));
  const subcommands = topics.map((topic) => {
    const ofTopic = commands.flatMap(({ words: [word, subcommand] }) => (word === topic ? (subcommand ?? []) : []));
    return caseOf([topic], ofTopic);
  });
  const values = commands.flatMap(({ words, values }) =>
    [...values].map(([flag, choices]) => caseOf([...words, flag], choices)),
  );
  const choices = commands.flatMap(({ words, choices }) => (choices.length === 0 ? [] : caseOf(words, choices)));
  const flags = commands.map(({ words, flags }) => caseOf(words, flags));
  const withTraits = commands.flatMap(({ words, takesTraits }) => (takesTraits ? caseOf(words, traits) : []));
  const preamble =
    shell === 'zsh' ? 'autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n' : '';
  return `# Completion of cherenkit for ${shell}; ~/.${shell}rc loads it with: source <(cherenkit completion ${shell})
${preamble}_cherenkit() {
  local current="\${COMP_WORDS[COMP_CWORD]:-}" previous="\${COMP_WORDS[COMP_CWORD-1]:-}"
  local command="\${COMP_WORDS[1]:-}" words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${wordList([...first, 'help', '--help', '--version'])}' -- "$current"))
    return 0
  fi
  # The shell may take --flag=value as three words.
  if [ "$current" = '=' ]; then
    current=''
  elif [ "$previous" = '=' ]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]:-}"
  fi
  case "$command" in
    'help') words='${wordList(first)}' ;;
${subcommands.join('\n')}
  esac
  if [ -n "$words" ] && [ "$COMP_CWORD" -gt 2 ]; then
    command="$command \${COMP_WORDS[2]:-}"
    words=''
  fi
  case "$command $previous" in
${values.join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$current" in
      -*) case "$command" in
${flags.join('\n')}
      esac ;;
      *) if [ "$COMP_CWORD" -eq 2 ]; then case "$command" in
${choices.join('\n')}
      esac; fi ;;
    esac
  fi
  case "$current" in
    --[A-Z]*) case "$command" in
${withTraits.join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  case "\${COMPREPLY[0]:-}" in
    *=) if type compopt > /dev/null 2>&1; then compopt -o nospace; fi ;;
  esac
  return 0
}
complete -o default -F _cherenkit cherenkit
`;
}

/** A branch of a `case` that sets the words to choose from. */
function caseOf(words: readonly string[], choices: readonly string[]): string {
  return `    '${wordList(words)}') words='${wordList(choices)}' ;;`;
}

/** Words for a quoted text of a shell. Words with other characters, which names of plugins may have, are left out. */
function wordList(words: readonly string[]): string {
  return words.filter((word) => /^[\w.=/@-]+$/.test(word)).join(' ');
}
