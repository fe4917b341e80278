/** Of tasks whose prompts begin alike one goes first, so that the others find the beginning in the server's cache. */

/** Starts a task, and calls back as soon as the server has read the beginning of its prompt. */
export type Start<Task> = (task: Task, read: () => void) => Promise<void>;

/** `begin` names the beginning of a task's prompt; what is in `known` was read before and waits for nobody. */
export const warmly = async <Task>(
  tasks: readonly Task[],
  begin: (task: Task) => string,
  known: Set<string>,
  start: Start<Task>,
): Promise<void> => {
  const alike = new Map<string, Task[]>();
  for (const task of tasks) {
    const beginning = begin(task);
    alike.set(beginning, [...(alike.get(beginning) ?? []), task]);
  }
  await Promise.all([...alike].map(([beginning, members]) => oneFirst(members, beginning, known, start)));
};

const oneFirst = async <Task>(
  [first, ...others]: readonly Task[],
  beginning: string,
  known: Set<string>,
  start: Start<Task>,
): Promise<void> => {
  if (first === undefined) return;
  if (known.has(beginning)) {
    await Promise.all([first, ...others].map((task) => start(task, () => {})));
    return;
  }
  let tell = (): void => {};
  const heard = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const leading = start(first, () => {
    known.add(beginning);
    tell();
  }).finally(tell);
  await heard;
  // a first one that the journal answered has warmed nothing: the next one leads
  await Promise.all([leading, oneFirst(others, beginning, known, start)]);
};
