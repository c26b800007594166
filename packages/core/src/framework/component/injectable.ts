// The metadata that decorators write has to be there before the first of them runs, whichever file is imported first.
import 'reflect-metadata';

/** For services of core; all decorated files import these from here. Plugins need neither: see `service`. */
export { inject, injectable } from 'inversify';
