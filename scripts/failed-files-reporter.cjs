// Reporter of mocha that also appends the paths of files with failed tests to the file named by FAILED_TEST_FILES.
const { appendFileSync } = require('node:fs');
const { env } = require('node:process');
const { reporters } = require('mocha');

module.exports = class FailedFilesReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.on('fail', ({ file }) => {
      if (file !== undefined) appendFileSync(env.FAILED_TEST_FILES, `${file}\n`);
    });
  }
};
