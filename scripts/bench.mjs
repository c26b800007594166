// Runs a benchmark; the first argument is its name, by default `process`.
//
// usage: npm run bench -- [process] [FILE...]     start-up and time per telescope event of process, see bench-process.mjs
//        npm run bench -- algorithms [FILE...]   image extractors and cleaners, see bench-algorithms.mjs
//        npm run bench -- hdf5                   reading of HDF5 tables, see bench-hdf5.mjs
//        npm run bench -- images                 island counting and tail-cuts cleaning, see bench-images.mjs
//        npm run bench -- merge [FILE]           merge of many files, see bench-merge.mjs
//        npm run bench -- impact                 ImPACTReconstructor, see bench-impact.mjs
//        npm run bench -- irf DIR                cuts and instrument responses, see bench-irf.mjs
//        npm run bench -- ml [DIR]               models: apply-models, training, evaluation, see bench-ml.mjs
//        npm run bench -- pictures               drawing of cameras and arrays, see bench-pictures.mjs
//        npm run bench -- start                  start of the command, see bench-start.mjs
//        npm run bench -- statistics             statistics of calibration events, see bench-statistics.mjs
//        npm run bench -- toy                    toy model, see bench-toy.mjs
//        npm run bench -- viewer [FILE]          event viewer in Chromium, see bench-viewer.mjs
//        npm run bench -- zfits FILE...          reader of zfits files, see bench-zfits.mjs
const benchmarks = {
  algorithms: './bench-algorithms.mjs',
  hdf5: './bench-hdf5.mjs',
  images: './bench-images.mjs',
  merge: './bench-merge.mjs',
  impact: './bench-impact.mjs',
  irf: './bench-irf.mjs',
  ml: './bench-ml.mjs',
  pictures: './bench-pictures.mjs',
  process: './bench-process.mjs',
  start: './bench-start.mjs',
  statistics: './bench-statistics.mjs',
  toy: './bench-toy.mjs',
  viewer: './bench-viewer.mjs',
  zfits: './bench-zfits.mjs',
};
const [, , name = 'process'] = process.argv;
await import(Object.hasOwn(benchmarks, name) ? benchmarks[name] : benchmarks.process);
