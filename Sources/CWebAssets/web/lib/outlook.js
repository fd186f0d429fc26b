// What can be said of a notation without rolling it: its odds, and what each dialect reads. Asked while it is written.

import '../components/x-odds.js';
import '../components/x-readings.js';
import { post } from './api.js';

const pauseMilliseconds = 200;

/** Follows a roll form; shows in `odds` and `readings` what the server says of its notation. */
export class Outlook {
  #form;
  #odds;
  #readings;
  #timer = 0;
  #asked = '';
  #rolled = null;

  constructor(form, odds, readings) {
    this.#form = form;
    this.#odds = odds;
    this.#readings = readings;
    form.addEventListener('input', () => this.#soon());
    form.addEventListener('written', () => this.#soon());
    readings.addEventListener('dialect', ({ detail }) => {
      form.dialect = detail;
      form.variables?.show(form.dice);
      this.#ask();
    });
    this.#ask();
  }

  /** Marks a total that was rolled, in the odds of the same dice. */
  rolled({ notation, dialect = 'native', total }) {
    this.#rolled = { notation, dialect, total };
    this.#markRolled();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), pauseMilliseconds);
  }

  async #ask() {
    clearTimeout(this.#timer);
    const { dialect = 'native', variables, ...rest } = this.#form.dice;
    const input = variables ? { ...rest, variables } : rest;
    const asked = JSON.stringify([dialect, variables, input]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#odds.classList.remove('busy');
    this.#readings.classList.remove('busy');
    if (!input.notation) {
      this.#odds.refuse('Write a formula to see its odds.');
      this.#readings.refuse('The same text can mean other dice to Avrae or Foundry; it is compared here.');
      return;
    }
    if (variables === null) {
      this.#odds.refuse('Give every variable a number to see the odds.');
      this.#readings.refuse('Give every variable a number to see what it means.');
      return;
    }
    const answer = await this.#answer(asked, '/readings', input, this.#readings);
    if (!answer) return;
    this.#readings.readings = answer.readings;
    const fault = answer.readings.find(one => one.dialect === dialect)?.error;
    if (fault) return this.#odds.refuse('There are odds when the formula can be read.');
    const odds = await this.#answer(asked, '/odds', { ...input, dialect }, this.#odds);
    if (!odds) return;
    this.#odds.odds = odds;
    this.#markRolled();
  }

  /**
   * What the server says; null when it refused, which is shown, or when something else was asked meanwhile. After a failure
   * that may pass, the next touch of the form asks again.
   */
  async #answer(asked, path, body, place) {
    place.classList.add('busy');
    let answer = null;
    let problem = null;
    try {
      answer = await post(path, body);
    } catch (caught) {
      problem = caught;
    }
    if (asked !== this.#asked) return null;
    place.classList.remove('busy');
    if (!problem) return answer;
    place.refuse(problem.errors[0]?.message ?? problem.message);
    if (problem.isRetryable) this.#asked = '';
    return null;
  }

  #markRolled() {
    const { notation, dialect = 'native' } = this.#form.dice;
    const isThis = this.#rolled?.notation === notation && this.#rolled.dialect === dialect;
    this.#odds.rolled = isThis ? this.#rolled.total : null;
  }
}
