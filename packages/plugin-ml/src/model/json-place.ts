/** A member of a JSON document, with the path that names it in messages: `telescope_types[0].type`. */
export class JsonPlace {
  constructor(
    readonly path: string,
    readonly value: unknown,
  ) {}

  /** @throws RangeError naming the member, the value found and the expectation, as all methods */
  get text(): string {
    return typeof this.value === 'string' ? this.value : this.#refuse('a text');
  }

  get boolean(): boolean {
    return typeof this.value === 'boolean' ? this.value : this.#refuse('true or false');
  }

  get number(): number {
    return typeof this.value === 'number' ? this.value : this.#refuse('a number');
  }

  /** A number that counts from 0. */
  get index(): number {
    const { value } = this;
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : this.#refuse('an index from 0');
  }

  get list(): JsonPlace[] {
    if (!Array.isArray(this.value)) return this.#refuse('a list');
    return this.value.map((item: unknown, i) => new JsonPlace(`${this.path}[${i}]`, item));
  }

  /** Members by name. */
  get members(): ReadonlyMap<string, JsonPlace> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.#refuse('an object');
    return new Map(Object.entries(value).map(([name, each]) => [name, this.#below(name, each)]));
  }

  /** A pair of texts. */
  get pair(): [string, string] {
    const [first, second, ...others] = this.list;
    if (!first || !second || others.length > 0) return this.#refuse('two texts');
    return [first.text, second.text];
  }

  /** A member of an object; its value is undefined if it is missing. */
  member(name: string): JsonPlace {
    return this.members.get(name) ?? this.#below(name, undefined);
  }

  /** The value that `read` gives; undefined if the member is missing or null. */
  optional<T>(read: (place: JsonPlace) => T): T | undefined {
    return this.value === undefined || this.value === null ? undefined : read(this);
  }

  /** One of some texts. */
  oneOf<const T extends string>(choices: readonly T[]): T {
    const found = choices.find((choice) => choice === this.value);
    return found ?? this.#refuse(choices.join(' or '));
  }

  #below(name: string, value: unknown): JsonPlace {
    return new JsonPlace(this.path === '' ? name : `${this.path}.${name}`, value);
  }

  #refuse(expected: string): never {
    const found = this.value === undefined ? 'nothing' : (JSON.stringify(this.value)?.slice(0, 60) ?? 'a value');
    throw new RangeError(`${this.path || 'the description'} is ${found}, expected ${expected}`);
  }
}
