// Must be loaded before any decorator runs; importing the decorators from this file ensures it.
import 'reflect-metadata';

/** Decorators for services of core. Plugins declare services with `service` and need no decorators. */
export { inject, injectable } from 'inversify';
