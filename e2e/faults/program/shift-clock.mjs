// Loaded into a worker with NODE_OPTIONS=--import: its clock goes CLOCK_SHIFT_MS wrong, as on a machine without NTP.
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length === 0 ? [RealDate.now() + shift] : given));
  }
  static now() {
    return RealDate.now() + shift;
  }
};
