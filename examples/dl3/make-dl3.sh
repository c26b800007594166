#!/usr/bin/env bash
# From simulated showers to DL3: event lists and instrument responses that gammapy analyses (see analyse.py).
#
# usage: make-dl3.sh FOLDER [EVENTS]
#
# FOLDER receives all files. EVENTS scales the number of simulated events, default 1500: about five minutes, and a few MB.
# CHERENKIT is the command, default `npx cherenkit`.
set -euo pipefail

if [ $# -lt 1 ]; then
  echo "usage: make-dl3.sh FOLDER [EVENTS]" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
events=${2:-1500}
mkdir -p "$1/dl3"
cd "$1"
cherenkit() { ${CHERENKIT:-npx cherenkit} "$@" --quiet --overwrite; }

# 1. Showers of gammas and protons, simulated and reconstructed. Energies follow a power law of index -2, directions are uniform in a cone.
# Files of sim_telarray are read in the same way: cherenkit process -i gamma.simtel.zst ...
process() { # output, URL of the simulation
  echo "process $1"
  cherenkit process -i "toymodel:?array=north&$2" -o "$1.dl2.h5" --write-parameters --write-showers
}
process train_gamma "particle=gamma&view_cone_radius=2.5&events=$((events / 2))&seed=1"
process train_proton "particle=proton&view_cone_radius=2.5&events=$((events / 2))&seed=2"
process gamma "particle=gamma&view_cone_radius=2.5&events=$((events * 2))&seed=3"
process proton "particle=proton&view_cone_radius=2.5&events=$events&seed=4"
# The observation: a source 0.5 deg above the pointing, and background.
process source "particle=gamma&source_offset=0.5&view_cone_radius=0&events=$((events / 4))&seed=5"
process background "particle=proton&view_cone_radius=2.5&events=$events&seed=6"

# 2. Models of the energy and of the particle type.
echo "train and apply models"
cherenkit train energy -i train_gamma.dl2.h5 -c "$here/models.yaml" -o energy.onnx
cherenkit train particle --signal train_gamma.dl2.h5 --background train_proton.dl2.h5 -c "$here/models.yaml" -o particle.onnx
for name in gamma proton source background; do
  cherenkit apply-models -i $name.dl2.h5 -r energy.onnx -r particle.onnx -o $name.ml.dl2.h5
done

# 3. Cuts, responses, and pictures of them.
echo "cuts and responses"
cherenkit optimize-event-selection -c "$here/responses.yaml" -g gamma.ml.dl2.h5 -o cuts.fits
cherenkit compute-irf -c "$here/responses.yaml" --cuts cuts.fits --gamma-file gamma.ml.dl2.h5 --proton-file proton.ml.dl2.h5 \
  -o irf.fits.gz --benchmark-output benchmarks.fits.gz
for name in irf.fits.gz benchmarks.fits.gz cuts.fits; do
  cherenkit display $name -o "${name%%.*}.html"
done

# 4. Event lists with their responses, and the index.
echo "event lists"
cherenkit create-dl3 source.ml.dl2.h5 background.ml.dl2.h5 -c "$here/responses.yaml" --cuts cuts.fits --irf irf.fits.gz -o dl3 \
  --on-time '1 h' --pointing-ra '83.63 deg' --pointing-dec '21.5 deg' --object toy --origin example --dead-time-fraction 0
cherenkit index-dl3 dl3/dl3_*.fits.gz -o dl3
