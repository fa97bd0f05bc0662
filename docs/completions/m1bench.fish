# SPDX-License-Identifier: Apache-2.0
# fish completion for m1bench, made by `m1bench completions fish`

function __m1bench_cases
    m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//'
end

function __m1bench_targets
    m1bench list targets 2>/dev/null | sed -n 's/^\([^ ][^ ]*\)  *available$/\1/p'
end

function __m1bench_formats
    m1bench list formats 2>/dev/null | sed 's/ .*//'
end

function __m1bench_words
    set -l previous
    for word in (commandline -opc)[2..-1]
        if not string match -q -- '-*' $word; and not contains -- "$previous" --color
            echo -- $word
        end
        set previous $word
    end
end

function __m1bench_command_is
    set -l words (__m1bench_words)
    set -l command $words[1..(count $argv)]
    test "$command" = "$argv"
end

function __m1bench_words_are
    set -l words (__m1bench_words)
    test "$words" = "$argv"
end

complete -c m1bench -f
complete -c m1bench -s h -l help -d 'Print this help message and exit'
complete -c m1bench -l version -d 'Display program version information and exit'
complete -c m1bench -l color -x -a 'auto always never' -d 'When to colour: auto, always or never'

complete -c m1bench -n __m1bench_words_are -a all -d 'Compare the slices on the core set of cases'
complete -c m1bench -n '__m1bench_command_is all' -l targets -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Compare these, separated by commas (`m1bench list targets`)'
complete -c m1bench -n '__m1bench_command_is all' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is all' -l translator -x -d 'A translator of your own, words quoted as in a shell'
complete -c m1bench -n '__m1bench_command_is all' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is all' -l threads -x -d 'Threads of each worker: a number, or max'
complete -c m1bench -n '__m1bench_command_is all' -l seed -x -d 'Seed of inputs and of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is all' -l data -x -a '(__fish_complete_directories)' -d 'Folder with the real MNIST or CIFAR-10 files'
complete -c m1bench -n '__m1bench_command_is all' -l case-timeout -x -d 'Longest wait for one answer of a worker (default 120s)'
complete -c m1bench -n '__m1bench_command_is all' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is all' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is all' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is all' -l model -r -F -d 'The model that infer/tflite runs, in f32 or int8'
complete -c m1bench -n '__m1bench_command_is all' -l quick -d 'Fewer and shorter blocks; verdicts are marked'
complete -c m1bench -n '__m1bench_command_is all' -l thorough -d 'More blocks, until each interval is within half a percent'
complete -c m1bench -n '__m1bench_command_is all' -l time-budget -x -d 'Time for the whole session, 0 for no limit (default of all and tiers: 5min, 2min with --quick, 1h with --thorough; none where you name cases, nor for ab)'
complete -c m1bench -n '__m1bench_command_is all' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)'
complete -c m1bench -n '__m1bench_command_is all' -l force -d 'Replace a run that is already in the output folder'
complete -c m1bench -n '__m1bench_command_is all' -l control -d 'Also measure a second copy of the baseline: how far two equal programs seem apart here'
complete -c m1bench -n '__m1bench_command_is all' -l shard -x -d 'Only every N-th case, from the I-th on (from 1); `m1bench merge` joins the shards'
complete -c m1bench -n '__m1bench_command_is all' -l set -x -a 'core full' -d 'Cases to run: core or full'

complete -c m1bench -n __m1bench_words_are -a run -d 'Compare the slices on the cases you name'
complete -c m1bench -n '__m1bench_command_is run' -l targets -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Compare these, separated by commas (`m1bench list targets`)'
complete -c m1bench -n '__m1bench_command_is run' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is run' -l translator -x -d 'A translator of your own, words quoted as in a shell'
complete -c m1bench -n '__m1bench_command_is run' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is run' -l threads -x -d 'Threads of each worker: a number, or max'
complete -c m1bench -n '__m1bench_command_is run' -l seed -x -d 'Seed of inputs and of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is run' -l data -x -a '(__fish_complete_directories)' -d 'Folder with the real MNIST or CIFAR-10 files'
complete -c m1bench -n '__m1bench_command_is run' -l case-timeout -x -d 'Longest wait for one answer of a worker (default 120s)'
complete -c m1bench -n '__m1bench_command_is run' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is run' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is run' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is run' -l model -r -F -d 'The model that infer/tflite runs, in f32 or int8'
complete -c m1bench -n '__m1bench_command_is run' -l quick -d 'Fewer and shorter blocks; verdicts are marked'
complete -c m1bench -n '__m1bench_command_is run' -l thorough -d 'More blocks, until each interval is within half a percent'
complete -c m1bench -n '__m1bench_command_is run' -l time-budget -x -d 'Time for the whole session, 0 for no limit (default of all and tiers: 5min, 2min with --quick, 1h with --thorough; none where you name cases, nor for ab)'
complete -c m1bench -n '__m1bench_command_is run' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)'
complete -c m1bench -n '__m1bench_command_is run' -l force -d 'Replace a run that is already in the output folder'
complete -c m1bench -n '__m1bench_command_is run' -l control -d 'Also measure a second copy of the baseline: how far two equal programs seem apart here'
complete -c m1bench -n '__m1bench_command_is run' -l shard -x -d 'Only every N-th case, from the I-th on (from 1); `m1bench merge` joins the shards'
complete -c m1bench -n '__m1bench_command_is run' -l variants -x -a 'all' -d 'Also match kernel variants that are not the default: all'
complete -c m1bench -n '__m1bench_command_is run' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a tiers -d 'What a wider instruction set is worth, natively and translated: compares every tier that runs here'
complete -c m1bench -n '__m1bench_command_is tiers' -l targets -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Compare these, separated by commas (`m1bench list targets`)'
complete -c m1bench -n '__m1bench_command_is tiers' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is tiers' -l translator -x -d 'A translator of your own, words quoted as in a shell'
complete -c m1bench -n '__m1bench_command_is tiers' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is tiers' -l threads -x -d 'Threads of each worker: a number, or max'
complete -c m1bench -n '__m1bench_command_is tiers' -l seed -x -d 'Seed of inputs and of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is tiers' -l data -x -a '(__fish_complete_directories)' -d 'Folder with the real MNIST or CIFAR-10 files'
complete -c m1bench -n '__m1bench_command_is tiers' -l case-timeout -x -d 'Longest wait for one answer of a worker (default 120s)'
complete -c m1bench -n '__m1bench_command_is tiers' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is tiers' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is tiers' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is tiers' -l model -r -F -d 'The model that infer/tflite runs, in f32 or int8'
complete -c m1bench -n '__m1bench_command_is tiers' -l quick -d 'Fewer and shorter blocks; verdicts are marked'
complete -c m1bench -n '__m1bench_command_is tiers' -l thorough -d 'More blocks, until each interval is within half a percent'
complete -c m1bench -n '__m1bench_command_is tiers' -l time-budget -x -d 'Time for the whole session, 0 for no limit (default of all and tiers: 5min, 2min with --quick, 1h with --thorough; none where you name cases, nor for ab)'
complete -c m1bench -n '__m1bench_command_is tiers' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)'
complete -c m1bench -n '__m1bench_command_is tiers' -l force -d 'Replace a run that is already in the output folder'
complete -c m1bench -n '__m1bench_command_is tiers' -l control -d 'Also measure a second copy of the baseline: how far two equal programs seem apart here'
complete -c m1bench -n '__m1bench_command_is tiers' -l shard -x -d 'Only every N-th case, from the I-th on (from 1); `m1bench merge` joins the shards'
complete -c m1bench -n '__m1bench_command_is tiers' -l variants -x -a 'all' -d 'Also match kernel variants that are not the default: all'
complete -c m1bench -n '__m1bench_command_is tiers' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a verify -d 'Check every answer on every target; time nothing'
complete -c m1bench -n '__m1bench_command_is verify' -l targets -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Compare these, separated by commas (`m1bench list targets`)'
complete -c m1bench -n '__m1bench_command_is verify' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is verify' -l translator -x -d 'A translator of your own, words quoted as in a shell'
complete -c m1bench -n '__m1bench_command_is verify' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is verify' -l threads -x -d 'Threads of each worker: a number, or max'
complete -c m1bench -n '__m1bench_command_is verify' -l seed -x -d 'Seed of inputs and of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is verify' -l data -x -a '(__fish_complete_directories)' -d 'Folder with the real MNIST or CIFAR-10 files'
complete -c m1bench -n '__m1bench_command_is verify' -l case-timeout -x -d 'Longest wait for one answer of a worker (default 120s)'
complete -c m1bench -n '__m1bench_command_is verify' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is verify' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is verify' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is verify' -l model -r -F -d 'The model that infer/tflite runs, in f32 or int8'
complete -c m1bench -n '__m1bench_command_is verify' -l variants -x -a 'all' -d 'Also match kernel variants that are not the default: all'
complete -c m1bench -n '__m1bench_command_is verify' -l set -x -a 'core full' -d 'Cases to run: core or full'
complete -c m1bench -n '__m1bench_command_is verify' -l dump -x -a '(__fish_complete_directories)' -d 'Write every input and answer as .npy files'
complete -c m1bench -n '__m1bench_command_is verify' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a train -d 'Train one of the published networks for real, on native targets unless you name others'
complete -c m1bench -n '__m1bench_command_is train' -l targets -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Compare these, separated by commas (`m1bench list targets`)'
complete -c m1bench -n '__m1bench_command_is train' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is train' -l translator -x -d 'A translator of your own, words quoted as in a shell'
complete -c m1bench -n '__m1bench_command_is train' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is train' -l threads -x -d 'Threads of each worker: a number, or max'
complete -c m1bench -n '__m1bench_command_is train' -l seed -x -d 'Seed of inputs and of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is train' -l data -x -a '(__fish_complete_directories)' -d 'Folder with the real MNIST or CIFAR-10 files'
complete -c m1bench -n '__m1bench_command_is train' -l case-timeout -x -d 'Longest wait for one answer of a worker (default 120s)'
complete -c m1bench -n '__m1bench_command_is train' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is train' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is train' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is train' -l epochs -x -d 'Epochs to train (default: as published)'
complete -c m1bench -n '__m1bench_command_is train' -l steps -x -d 'Stop after this many steps of the first epoch'
complete -c m1bench -n '__m1bench_command_is train' -l evaluate -d 'Then test on rows that were not trained on'
complete -c m1bench -n '__m1bench_command_is train' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a profile -d 'Where the time of one case goes: its layers or operators on each target, and a timeline for ui.perfetto.dev'
complete -c m1bench -n '__m1bench_command_is profile' -l targets -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Compare these, separated by commas (`m1bench list targets`)'
complete -c m1bench -n '__m1bench_command_is profile' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is profile' -l translator -x -d 'A translator of your own, words quoted as in a shell'
complete -c m1bench -n '__m1bench_command_is profile' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is profile' -l threads -x -d 'Threads of each worker: a number, or max'
complete -c m1bench -n '__m1bench_command_is profile' -l seed -x -d 'Seed of inputs and of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is profile' -l data -x -a '(__fish_complete_directories)' -d 'Folder with the real MNIST or CIFAR-10 files'
complete -c m1bench -n '__m1bench_command_is profile' -l case-timeout -x -d 'Longest wait for one answer of a worker (default 120s)'
complete -c m1bench -n '__m1bench_command_is profile' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is profile' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is profile' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is profile' -l model -r -F -d 'The model that infer/tflite runs, in f32 or int8'
complete -c m1bench -n '__m1bench_command_is profile' -l quick -d 'Fewer and shorter blocks'
complete -c m1bench -n '__m1bench_command_is profile' -l steps -x -d 'Loops of each target in the timeline'
complete -c m1bench -n '__m1bench_command_is profile' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for profile.json, profile.md and trace.json (default m1bench-results/<UTC time>)'
complete -c m1bench -n '__m1bench_command_is profile' -l force -d 'Replace a profile that is already in the output folder'
complete -c m1bench -n '__m1bench_command_is profile' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a ab -d 'Did m1bench get slower? Measures two builds of it against each other, in the same blocks; on base\'s best native target, unless you name others'
complete -c m1bench -n '__m1bench_command_is ab' -l base -r -F -d 'The old build: an installed tree, a build folder or an executable'
complete -c m1bench -n '__m1bench_command_is ab' -l head -r -F -d 'The new build'
complete -c m1bench -n '__m1bench_command_is ab' -l targets -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Compare these, separated by commas (`m1bench list targets`)'
complete -c m1bench -n '__m1bench_command_is ab' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is ab' -l translator -x -d 'A translator of your own, words quoted as in a shell'
complete -c m1bench -n '__m1bench_command_is ab' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is ab' -l threads -x -d 'Threads of each worker: a number, or max'
complete -c m1bench -n '__m1bench_command_is ab' -l seed -x -d 'Seed of inputs and of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is ab' -l data -x -a '(__fish_complete_directories)' -d 'Folder with the real MNIST or CIFAR-10 files'
complete -c m1bench -n '__m1bench_command_is ab' -l case-timeout -x -d 'Longest wait for one answer of a worker (default 120s)'
complete -c m1bench -n '__m1bench_command_is ab' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is ab' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is ab' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is ab' -l model -r -F -d 'The model that infer/tflite runs, in f32 or int8'
complete -c m1bench -n '__m1bench_command_is ab' -l quick -d 'Fewer and shorter blocks; verdicts are marked'
complete -c m1bench -n '__m1bench_command_is ab' -l thorough -d 'More blocks, until each interval is within half a percent'
complete -c m1bench -n '__m1bench_command_is ab' -l time-budget -x -d 'Time for the whole session, 0 for no limit (default of all and tiers: 5min, 2min with --quick, 1h with --thorough; none where you name cases, nor for ab)'
complete -c m1bench -n '__m1bench_command_is ab' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)'
complete -c m1bench -n '__m1bench_command_is ab' -l force -d 'Replace a run that is already in the output folder'
complete -c m1bench -n '__m1bench_command_is ab' -l control -d 'Also measure a second copy of the baseline: how far two equal programs seem apart here'
complete -c m1bench -n '__m1bench_command_is ab' -l strict -d 'A slowdown counts from 3 % on instead of 5 %'
complete -c m1bench -n '__m1bench_command_is ab' -l unsure -x -a 'fail pass' -d 'Whether an unsure result fails: fail (exit code 3) or pass'
complete -c m1bench -n '__m1bench_command_is ab' -l variants -x -a 'all' -d 'Also match kernel variants that are not the default: all'
complete -c m1bench -n '__m1bench_command_is ab' -l set -x -a 'core full' -d 'Cases to run: core or full'
complete -c m1bench -n '__m1bench_command_is ab' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a compare -d 'Did it get slower? Decides from two run files, or again from one of `ab`'
complete -c m1bench -n '__m1bench_command_is compare' -l strict -d 'A slowdown counts from 3 % on instead of 5 %'
complete -c m1bench -n '__m1bench_command_is compare' -l unsure -x -a 'fail pass' -d 'Whether an unsure result fails: fail (exit code 3) or pass'
complete -c m1bench -n '__m1bench_command_is compare' -l absolute -d 'Also tell how absolute times changed; they decide nothing'
complete -c m1bench -n '__m1bench_command_is compare' -l force -d 'Compare runs that are not alike'
complete -c m1bench -n '__m1bench_command_is compare' -l format -x -a 'terminal markdown json junit' -d 'terminal, markdown, json or junit'
complete -c m1bench -n '__m1bench_command_is compare' -l history -r -F -d 'Learn how far apart two sessions are from this history (`m1bench history`)'
complete -c m1bench -n '__m1bench_command_is compare' -F

complete -c m1bench -n __m1bench_words_are -a merge -d 'Join the shards of one run into one run'
complete -c m1bench -n '__m1bench_command_is merge' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)'
complete -c m1bench -n '__m1bench_command_is merge' -l force -d 'Replace a run that is already in the output folder'
complete -c m1bench -n '__m1bench_command_is merge' -F

complete -c m1bench -n __m1bench_words_are -a exec -d 'What a program of your own costs when translated: m1bench exec -- ./prog ARGUMENTS, or a command line for each target'
complete -c m1bench -n '__m1bench_command_is exec' -l native -x -d 'The native command line, words quoted as in a shell; no shell runs it'
complete -c m1bench -n '__m1bench_command_is exec' -l translated -x -d 'A translated command line, such as \'qemu-aarch64 ./prog-arm64\'; NAME= before it when there are several'
complete -c m1bench -n '__m1bench_command_is exec' -l prepare -x -d 'A line for /bin/sh before each execution, untimed'
complete -c m1bench -n '__m1bench_command_is exec' -l input -x -d 'What it reads from its standard input (default: nothing)'
complete -c m1bench -n '__m1bench_command_is exec' -l parameter -x -d 'Compare with each of these values in the place of {NAME}; several make every combination'
complete -c m1bench -n '__m1bench_command_is exec' -l warmup -x -d 'Untimed executions of each target at the start of every block (default: a slot\'s worth, none of programs of over 1 s)'
complete -c m1bench -n '__m1bench_command_is exec' -l timeout -x -d 'Kill an execution after this (default 10min)'
complete -c m1bench -n '__m1bench_command_is exec' -l ignore-output -d 'What it prints may differ, between targets and from one execution to the next'
complete -c m1bench -n '__m1bench_command_is exec' -l ignore-failure -d 'Its exit code may be another than 0, as long as it is the same on all targets'
complete -c m1bench -n '__m1bench_command_is exec' -l gbench -d 'It is a Google Benchmark program: compare its own benchmarks'
complete -c m1bench -n '__m1bench_command_is exec' -l threads -x -d 'CPUs it gets, others in each block: a number, or max (default: 1 where it never used more, else all)'
complete -c m1bench -n '__m1bench_command_is exec' -l baseline -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Take all ratios against this target'
complete -c m1bench -n '__m1bench_command_is exec' -l env -x -d 'Set an environment variable for one target'
complete -c m1bench -n '__m1bench_command_is exec' -l control -d 'Also measure a second copy of the baseline: how far two equal programs seem apart here'
complete -c m1bench -n '__m1bench_command_is exec' -l seed -x -d 'Seed of the schedule (default 1)'
complete -c m1bench -n '__m1bench_command_is exec' -l dry-run -d 'Print what would be run, as lines to paste, and stop'
complete -c m1bench -n '__m1bench_command_is exec' -s q -l quiet -d 'Show no progress'
complete -c m1bench -n '__m1bench_command_is exec' -l no-lock -d 'Run even while another m1bench is measuring'
complete -c m1bench -n '__m1bench_command_is exec' -l quick -d 'Fewer and shorter blocks; verdicts are marked'
complete -c m1bench -n '__m1bench_command_is exec' -l thorough -d 'More blocks, until each interval is within half a percent'
complete -c m1bench -n '__m1bench_command_is exec' -l time-budget -x -d 'Time for the whole session, 0 for no limit (default 0)'
complete -c m1bench -n '__m1bench_command_is exec' -s o -l output -x -a '(__fish_complete_directories)' -d 'Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)'
complete -c m1bench -n '__m1bench_command_is exec' -l force -d 'Replace a run that is already in the output folder'
complete -c m1bench -n '__m1bench_command_is exec' -a '(__fish_complete_subcommand)'

complete -c m1bench -n __m1bench_words_are -a list -d 'Show the cases, targets or formats there are'
complete -c m1bench -n '__m1bench_command_is list' -l json -d 'As JSON'
complete -c m1bench -n '__m1bench_command_is list' -l translator -x -d 'A translator of your own'
complete -c m1bench -n '__m1bench_command_is list' -a 'cases targets formats'

complete -c m1bench -n __m1bench_words_are -a report -d 'Show a run again, in any format'
complete -c m1bench -n '__m1bench_command_is report' -l format -x -a '(__m1bench_formats)' -d 'How to show it (`m1bench list formats`)'
complete -c m1bench -n '__m1bench_command_is report' -s o -l output -r -F -d 'Write it to this file, whole or not at all; - is standard output'
complete -c m1bench -n '__m1bench_command_is report' -l target -x -a '(__fish_complete_list , __m1bench_targets)' -d 'For formats that tell of one target'
complete -c m1bench -n '__m1bench_command_is report' -F

complete -c m1bench -n __m1bench_words_are -a explain -d 'Why each case takes longer or shorter on a target than on the baseline, from what a run measured, and what would tell more'
complete -c m1bench -n '__m1bench_command_is explain' -l target -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Only this target'
complete -c m1bench -n '__m1bench_command_is explain' -l format -x -a 'terminal markdown json' -d 'terminal, markdown or json'
complete -c m1bench -n '__m1bench_command_is explain' -F
complete -c m1bench -n '__m1bench_command_is explain' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a history -d 'Keep runs in one file and see how their ratios change over time'
complete -c m1bench -n '__m1bench_words_are history' -a 'add list show'
complete -c m1bench -n '__m1bench_command_is history add' -l db -r -F -d 'The history\'s file'
complete -c m1bench -n '__m1bench_command_is history add' -F
complete -c m1bench -n '__m1bench_command_is history list' -l db -r -F -d 'The history\'s file'
complete -c m1bench -n '__m1bench_command_is history list' -l json -d 'As JSON'
complete -c m1bench -n '__m1bench_command_is history show' -l db -r -F -d 'The history\'s file'
complete -c m1bench -n '__m1bench_command_is history show' -l target -x -a '(__fish_complete_list , __m1bench_targets)' -d 'Only these targets; * matches anything'
complete -c m1bench -n '__m1bench_command_is history show' -l format -x -a 'terminal json html' -d 'terminal, json or html'
complete -c m1bench -n '__m1bench_command_is history show' -s o -l output -r -F -d 'Write it to this file, whole or not at all; - is standard output'
complete -c m1bench -n '__m1bench_command_is history show' -a '(__m1bench_cases)'

complete -c m1bench -n __m1bench_words_are -a doctor -d 'What is wrong here: with the machine, the slices, the translators, and what would disturb a measurement now; or, of folders and programs that you name, which mixes of native and translated code cannot work. Executes nothing of yours'
complete -c m1bench -n '__m1bench_command_is doctor' -l json -d 'As JSON'
complete -c m1bench -n '__m1bench_command_is doctor' -l translator -x -d 'A translator of your own'
complete -c m1bench -n '__m1bench_command_is doctor' -F

complete -c m1bench -n __m1bench_words_are -a completions -d 'Print what makes a shell complete m1bench\'s commands, options, cases and targets'
complete -c m1bench -n '__m1bench_command_is completions' -a 'bash zsh fish'
