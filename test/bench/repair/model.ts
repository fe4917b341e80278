/** An endpoint that plays a model which knows what is right and often fails to say it: wrong side, no change, another fault. */
import { delta, type FakeEndpoint, fakeEndpoint, type Heard, stream } from "../../fake-endpoint.js";
import { Chance } from "../chance.js";
import { FAULTS, type Fault } from "./faults.js";

export interface Player {
  fault: Fault;
  /** What was right before the fault was put in. */
  original: () => object;
  /** How often it says what is right; 1 knows everything. */
  talent: number;
  seed: number;
}

export const playedEndpoint = (player: Player): Promise<FakeEndpoint> => {
  const times = new Map<string, number>();
  return fakeEndpoint([
    (response, heard) => {
      const name = heard.body["tools"]?.[0]?.function?.name as string;
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      // of each function its own chance: which of two tasks comes first does not matter
      const chance = new Chance(
        digestOf(`${player.seed} ${player.fault.project} ${player.fault.part} ${player.fault.name} ${name} ${time}`),
      );
      const args = name === "judgeFailure" ? judged(player, heard, chance) : written(player, heard, chance, name);
      return stream(
        delta({ role: "assistant", content: null }),
        delta({
          tool_calls: [{ index: 0, id: "c1", type: "function", function: { name, arguments: JSON.stringify(args) } }],
        }),
        delta({}, "tool_calls"),
        "data: [DONE]",
      )(response, heard);
    },
  ]);
};

const judged = ({ fault: { side, part, name }, talent }: Player, { body }: Heard, chance: Chance): object => {
  const said = { plan: `It is about ${part}.`, refusal: null, avoid: null, blocked: [] };
  if (chance.happens(talent)) return { ...said, side, part, why: `There is this fault in ${part}: ${name}.` };
  const { properties } = body["tools"][0].function.parameters;
  const [sides, parts] = [namesIn(properties.side), namesIn(properties.part)];
  const others = parts.filter((one) => one !== part);
  const wrong = {
    side: chance.pick(sides.filter((one) => one !== "refusal")),
    part: chance.pick(others.length > 0 ? others : parts),
  };
  return { ...said, ...wrong, why: `It must be ${wrong.part}.` };
};

/** The names a schema lists, wherever it lists them. */
const namesIn = (schema: object): string[] =>
  [...JSON.stringify(schema).matchAll(/"(?:enum":\[(.*?)\]|const":(".*?"))/g)].flatMap(
    ([, list, one]) => JSON.parse(`[${list ?? one}]`).filter((name: unknown) => name !== null) as string[],
  );

const FUNCTIONS: Record<string, string> = {
  "interface/amend": "amendInterface",
  "test/scenarios": "writeScenarios",
  "realize/operation": "realizeOperation",
  "realize/amend": "amendOperations",
};

const written = ({ fault, original, talent }: Player, heard: Heard, chance: Chance, name: string): object => {
  const [last, isOwn] = [lastOf(heard), FUNCTIONS[fault.key.split(":")[0]!] === name];
  if (chance.happens(talent)) return isOwn ? original() : last;
  const same = FAULTS.filter((one) => one.project === fault.project && FUNCTIONS[one.key.split(":")[0]!] === name);
  const worse = same.flatMap((one) => changedBy(one, isOwn ? original() : last));
  return chance.happens(0.5) || worse.length === 0 ? last : chance.pick(worse);
};

const changedBy = ({ change }: Fault, answer: object): object[] => {
  try {
    return [change(answer)];
  } catch {
    return []; // that text is not there
  }
};

/** Who changes nothing says the same again. */
const lastOf = ({ body }: Heard): object => {
  const said = body["messages"]?.findLast((one: { tool_calls?: object[] }) => one.tool_calls !== undefined);
  return JSON.parse(said?.tool_calls[0].function.arguments ?? "{}") as object;
};

const digestOf = (text: string): number =>
  [...text].reduce((sum, one) => (Math.imul(sum, 31) + one.charCodeAt(0)) | 0, 7);
