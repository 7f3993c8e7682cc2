#!/usr/bin/env bash
#SBATCH --job-name=mlp-train
#SBATCH --array=1-5
#SBATCH --cpus-per-task=2
#SBATCH --output=mlp-train-%a.log
# Trains one part of a model: a task of a Slurm array, or a pod of a Kubernetes Indexed Job. Arguments: those of mlp train, but for
# --member, --out and --checkpoint. Given again after a kill, it goes on from its checkpoint; a part that is there is not trained again.
#   MLP_PARTS  how many parts there are: as many as the array has tasks, or the job has completions (5)
#   MLP_OUT    the folder of the parts, which all machines share (parts)
#   MLP        the command (mlp)
set -euo pipefail

parts=${MLP_PARTS:-5}
out=${MLP_OUT:-parts}
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
    number=$SLURM_ARRAY_TASK_ID
elif [ -n "${JOB_COMPLETION_INDEX:-}" ]; then
    number=$((JOB_COMPLETION_INDEX + 1))
else
    echo "Neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set: run this by sbatch, or in a Job with completionMode Indexed." >&2
    exit 2
fi

mkdir -p "$out"
part=$out/part-$number-of-$parts
if [ -e "$part" ]; then
    echo "$part is there already; remove it to train it again."
    exit 0
fi
# Unquoted: the command may have words, as in MLP="dotnet Mlp.Tool.dll".
exec ${MLP:-mlp} train "$@" --member "$number/$parts" --checkpoint "$out/checkpoint-$number" --out "$part"
