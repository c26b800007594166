export { CherenkitError, ExitCode } from './failure/cherenkit-error.js';
