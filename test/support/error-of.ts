/** The error that a promise is rejected with. @throws Error if it is fulfilled */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error('expected a rejection, found none');
}
