# SPDX-License-Identifier: Apache-2.0
# bash completion for m1bench, made by `m1bench completions bash`

# Of a list with commas only the last part is completed.
_m1bench_words() {
  local before= word=$current
  case $word in *,*) before=${word%,*}, word=${word##*,} ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "$word"))
}

_m1bench_paths() {
  local IFS=$'\n'
  type compopt >/dev/null 2>&1 && compopt -o filenames
  COMPREPLY=($(compgen "$1" -- "$current"))
}

# The first word of a command line behind `--` is a program, the others are what it reads.
_m1bench_program() {
  if ((COMP_CWORD == dashes + 1)); then _m1bench_paths -c; else _m1bench_paths -f; fi
}

_m1bench() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= word
  local options='-h --help --version --color'
  local -i index dashes=0  # where the options end
  for ((index = 1; index < COMP_CWORD; ++index)); do
    word=${COMP_WORDS[index]}
    if [[ $word == -- ]]; then dashes=$index; break; fi
    case ${command:+$command }$word in 'all' | 'run' | 'tiers' | 'verify' | 'train' | 'profile' | 'ab' | 'compare' | 'merge' | 'exec' | 'list' | 'report' | 'explain' | 'history' | 'history add' | 'history list' | 'history show' | 'doctor' | 'completions') command=${command:+$command }$word ;; esac
  done
  COMPREPLY=()
  # --option=value is three words where = divides them, as it does by default.
  if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi
  if ((dashes)); then previous=; fi
  case $command:$previous in
    'all':--translator | 'all':--env | 'all':--threads | 'all':--seed | 'all':--case-timeout | 'all':--time-budget | 'all':--shard | 'run':--translator | 'run':--env | 'run':--threads | 'run':--seed | 'run':--case-timeout | 'run':--time-budget | 'run':--shard | 'tiers':--translator | 'tiers':--env | 'tiers':--threads | 'tiers':--seed | 'tiers':--case-timeout | 'tiers':--time-budget | 'tiers':--shard | 'verify':--translator | 'verify':--env | 'verify':--threads | 'verify':--seed | 'verify':--case-timeout | 'train':--translator | 'train':--env | 'train':--threads | 'train':--seed | 'train':--case-timeout | 'train':--epochs | 'train':--steps | 'profile':--translator | 'profile':--env | 'profile':--threads | 'profile':--seed | 'profile':--case-timeout | 'profile':--steps | 'ab':--translator | 'ab':--env | 'ab':--threads | 'ab':--seed | 'ab':--case-timeout | 'ab':--time-budget | 'exec':--native | 'exec':--translated | 'exec':--prepare | 'exec':--input | 'exec':--parameter | 'exec':--warmup | 'exec':--timeout | 'exec':--threads | 'exec':--env | 'exec':--seed | 'exec':--time-budget | 'list':--translator | 'doctor':--translator) :; return ;;
    'all':--data | 'all':-o | 'all':--output | 'run':--data | 'run':-o | 'run':--output | 'tiers':--data | 'tiers':-o | 'tiers':--output | 'verify':--data | 'verify':--dump | 'train':--data | 'profile':--data | 'profile':-o | 'profile':--output | 'ab':--data | 'ab':-o | 'ab':--output | 'merge':-o | 'merge':--output | 'exec':-o | 'exec':--output) _m1bench_paths -d; return ;;
    'all':--model | 'run':--model | 'tiers':--model | 'verify':--model | 'profile':--model | 'ab':--base | 'ab':--head | 'ab':--model | 'compare':--history | 'report':-o | 'report':--output | 'history add':--db | 'history list':--db | 'history show':--db | 'history show':-o | 'history show':--output) _m1bench_paths -f; return ;;
    'report':--format) _m1bench_words "$(m1bench list formats 2>/dev/null | sed 's/ .*//')"; return ;;
    'all':--targets | 'all':--baseline | 'run':--targets | 'run':--baseline | 'tiers':--targets | 'tiers':--baseline | 'verify':--targets | 'verify':--baseline | 'train':--targets | 'train':--baseline | 'profile':--targets | 'profile':--baseline | 'ab':--targets | 'ab':--baseline | 'exec':--baseline | 'report':--target | 'explain':--target | 'history show':--target) _m1bench_words "$(m1bench list targets 2>/dev/null | sed -n 's/^\([^ ][^ ]*\)  *available$/\1/p')"; return ;;
    'run':--variants | 'tiers':--variants | 'verify':--variants | 'ab':--variants) _m1bench_words "all"; return ;;
    *:--color) _m1bench_words "auto always never"; return ;;
    'all':--set | 'verify':--set | 'ab':--set) _m1bench_words "core full"; return ;;
    'ab':--unsure | 'compare':--unsure) _m1bench_words "fail pass"; return ;;
    'history show':--format) _m1bench_words "terminal json html"; return ;;
    'compare':--format) _m1bench_words "terminal markdown json junit"; return ;;
    'explain':--format) _m1bench_words "terminal markdown json"; return ;;
  esac
  ((dashes)) || case $current in
    -*)
      case $command in
      'all') options="$options --targets --baseline --translator --env --threads --seed --data --case-timeout --dry-run -q --quiet --no-lock --model --quick --thorough --time-budget -o --output --force --control --shard --set" ;;
      'run') options="$options --targets --baseline --translator --env --threads --seed --data --case-timeout --dry-run -q --quiet --no-lock --model --quick --thorough --time-budget -o --output --force --control --shard --variants" ;;
      'tiers') options="$options --targets --baseline --translator --env --threads --seed --data --case-timeout --dry-run -q --quiet --no-lock --model --quick --thorough --time-budget -o --output --force --control --shard --variants" ;;
      'verify') options="$options --targets --baseline --translator --env --threads --seed --data --case-timeout --dry-run -q --quiet --no-lock --model --variants --set --dump" ;;
      'train') options="$options --targets --baseline --translator --env --threads --seed --data --case-timeout --dry-run -q --quiet --no-lock --epochs --steps --evaluate" ;;
      'profile') options="$options --targets --baseline --translator --env --threads --seed --data --case-timeout --dry-run -q --quiet --no-lock --model --quick --steps -o --output --force" ;;
      'ab') options="$options --base --head --targets --baseline --translator --env --threads --seed --data --case-timeout --dry-run -q --quiet --no-lock --model --quick --thorough --time-budget -o --output --force --control --strict --unsure --variants --set" ;;
      'compare') options="$options --strict --unsure --absolute --force --format --history" ;;
      'merge') options="$options -o --output --force" ;;
      'exec') options="$options --native --translated --prepare --input --parameter --warmup --timeout --ignore-output --ignore-failure --gbench --threads --baseline --env --control --seed --dry-run -q --quiet --no-lock --quick --thorough --time-budget -o --output --force" ;;
      'list') options="$options --json --translator" ;;
      'report') options="$options --format -o --output --target" ;;
      'explain') options="$options --target --format" ;;
      'history') options="$options " ;;
      'history add') options="$options --db" ;;
      'history list') options="$options --db --json" ;;
      'history show') options="$options --db --target --format -o --output" ;;
      'doctor') options="$options --json --translator" ;;
      'completions') options="$options " ;;
      esac
      _m1bench_words "$options"
      return ;;
  esac
  case $command in
    '') _m1bench_words 'all run tiers verify train profile ab compare merge exec list report explain history doctor completions' ;;
    'run') _m1bench_words "$(m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//')" ;;
    'tiers') _m1bench_words "$(m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//')" ;;
    'verify') _m1bench_words "$(m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//')" ;;
    'train') _m1bench_words "$(m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//')" ;;
    'profile') _m1bench_words "$(m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//')" ;;
    'ab') _m1bench_words "$(m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//')" ;;
    'compare') _m1bench_paths -f ;;
    'merge') _m1bench_paths -f ;;
    'exec') _m1bench_program ;;
    'list') _m1bench_words "cases targets formats" ;;
    'report') _m1bench_paths -f ;;
    'explain') _m1bench_paths -f ;;
    'history') _m1bench_words "add list show" ;;
    'history add') _m1bench_paths -f ;;
    'history show') _m1bench_words "$(m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//')" ;;
    'doctor') _m1bench_paths -f ;;
    'completions') _m1bench_words "bash zsh fish" ;;
  esac
}
complete -F _m1bench m1bench
