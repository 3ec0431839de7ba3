import type { TaskType } from '@signalbox/spec';

/** Words that hint at a kind of work: one `strong` cue is enough on its own, `weak` ones need company. */
type Cues = { strong: readonly string[]; weak: readonly string[] };

const cues = ({ raw }: TemplateStringsArray): readonly string[] =>
  raw
    .join('')
    .split('|')
    .map((cue) => cue.trim());

/**
 * The cues of each task type. The order decides ties: the more specific kind of work comes first.
 * `chat` has none: it is what remains.
 */
export const TASK_CUES: Readonly<Record<Exclude<TaskType, 'chat'>, Cues>> = {
  debugging: {
    strong: cues`
      debug | debugging | stack trace | stacktrace | traceback | segfault | segmentation fault |
      null pointer | nullpointerexception | typeerror | referenceerror | syntaxerror | valueerror |
      keyerror | unhandled exception | core dump | memory leak | race condition | deadlock |
      fix this bug | fix the bug | fix my code | throws an error | getting an error | doesn't compile |
      does not compile | doesn't work | does not work | not working | what's wrong with |
      what is wrong with | débogue | fehlersuche | depura | funktioniert nicht | ne fonctionne pas |
      no funciona | não funciona | non funziona | не работает | 调试 | 調試 | 报错 | 報錯 | デバッグ | 디버그`,
    weak: cues`
      bug | bugs | fix | crash | crashes | crashed | crashing | error | errors | exception | fails |
      failing | failed | throw | throws | broken | unexpected | reproduce | stuck | fehler | erreur |
      ошибка | エラー | 오류`,
  },
  coding: {
    strong: cues`
      write a function | write a script | write a program | write code | write a class | write a query |
      implement | refactor | refactoring | unit test | unit tests | code review | pull request |
      regular expression | regex | sql query | python | javascript | typescript | golang | c++ | c# |
      kotlin | bash script | shell script | dockerfile | rest api | graphql | react component |
      console.log | #include | public static void | select * from | npm install | pip install |
      programmiere | schreibe eine funktion | écris une fonction | escribe una función | escreva uma função |
      scrivi una funzione | напиши код | напиши функцию | 代码 | 代碼 | 函数 | 函數 | コードを書 | 関数を | 코드를 | 함수를`,
    weak: cues`
      code | function | functions | method | java | rust | ruby | php | sql | html | css | json | yaml |
      api | script | algorithm | compile | compiler | endpoint | variable | array | loop | database |
      framework | def | const | async | repository | git`,
  },
  translation: {
    strong: cues`
      translate | translates | translated | translating | translation | übersetze | übersetzen | traduis |
      traduire | traduce | traducir | traduza | traduzir | traduci | vertaal | przetłumacz | çevir |
      переведи | ترجم | ترجمة | अनुवाद | แปล | 翻译 | 翻譯 | 翻訳 | 번역`,
    weak: cues`
      into english | into french | into german | into spanish | into italian | into portuguese |
      into japanese | into chinese | into korean | into russian | into arabic | into dutch | in french |
      in german | in spanish | in japanese | in chinese | language`,
  },
  summarization: {
    strong: cues`
      summarize | summarise | summarizing | summary | tl;dr | tldr | key points | key takeaways |
      main points | main ideas | condense | executive summary | zusammenfassen | zusammenfassung |
      résume | résumé de | resume este | resumir | resuma | riassumi | riassunto | кратко изложи | резюмируй |
      لخص | सारांश | สรุป | 总结 | 總結 | 概括 | 摘要 | 要約 | まとめて | 요약`,
    weak: cues`
      shorten | recap | brief | briefly | bullet points | in one sentence | in one paragraph | overview |
      article | transcript | minutes`,
  },
  math: {
    strong: cues`
      solve for | equation | equations | integral | derivative | differentiate | integrate | square root |
      factorial | probability | theorem | polynomial | matrix | eigenvalue | calculate | compute |
      arithmetic | algebra | geometry | calculus | prime number | prime numbers | logarithm |
      standard deviation | mathematical problem | math problem | find the value of | berechne | gleichung |
      calcule | calcula | calcola | équation | ecuación | equação | вычисли | реши уравнение | уравнение |
      احسب | 计算 | 方程 | 計算 | 方程式 | 계산 | 방정식`,
    weak: cues`
      how many | how much | how far | how fast | how long | how old | how tall | combien | wie viele |
      cuántos | cuántas | quantos | quantas | сколько | 多少 | いくつ | 몇 | solve | sum | percent | percentage |
      average | total | multiply | multiplied | divide | divided | subtract | fraction | twice | half |
      each | formula | ratio | triangle | number`,
  },
  creative: {
    strong: cues`
      write a story | short story | bedtime story | poem | poetry | haiku | lyrics | novel | screenplay |
      limerick | sonnet | slogan | tagline | fiction | fairy tale | brainstorm | write a song |
      write a joke | gedicht | schreibe eine geschichte | poème | écris une histoire | poema | cuento |
      poesia | стихотворение | рассказ | сказку | قصيدة | कविता | 诗 | 故事 | 詩 | 物語 | 小説 | 시를 | 이야기`,
    weak: cues`
      story | stories | creative | imagine | imaginative | character | characters | plot | rhyme |
      rhymes | blog post | song | joke | scene | dialogue | protagonist | fantasy | catchy`,
  },
  reasoning: {
    strong: cues`
      step by step | step-by-step | prove | proof | deduce | logic puzzle | puzzle | riddle |
      reason through | think through | logically | syllogism | contradiction | must be true |
      thought experiment | beweise | démontre | demuestra | demonstre | dimostra | schritt für schritt |
      étape par étape | paso a paso | passo a passo | докажи | шаг за шагом | 证明 | 證明 | 推理 | 一步一步 | 証明 | 증명`,
    weak: cues`
      why | explain why | therefore | implies | if and only if | infer | conclude | conclusion |
      argument | premise | hypothesis | assume | suppose | follows | paradox | trade-off | trade-offs |
      tradeoffs`,
  },
  analysis: {
    strong: cues`
      analyze | analyse | analyzing | analysis | compare | comparison | evaluate | evaluation | assess |
      assessment | pros and cons | advantages and disadvantages | swot | root cause | critique |
      analysiere | vergleiche | bewerte | évalue | analiza | compara | analisa | analizza |
      confronta | проанализируй | сравни | حلل | قارن | विश्लेषण | วิเคราะห์ | 分析 | 比较 | 評価 | 比較 | 분석 | 비교`,
    weak: cues`
      trend | trends | data | dataset | insight | insights | report | metrics | difference between |
      differences | versus | vs | impact | factors | strengths | weaknesses | correlation | review |
      revenue | market`,
  },
};

/** Phrases that ask for a quantity: with numbers beside them they make a word problem. */
export const QUANTITY_CUES = cues`
  how many | how much | how far | how fast | how long | how old | how tall | combien | wie viele | cuántos |
  cuántas | quantos | quantas | сколько | 多少 | いくつ | 몇`;

/** Phrases that hint at hard work of any kind. Like the cues below they feed the complexity score. */
export const HARD_WORK_CUES = cues`
  step by step | step-by-step | prove that | proof of | derive | justify | trade-off | trade-offs | tradeoffs |
  optimize | optimise | scalable | distributed | concurrent | concurrency | fault tolerant | fault-tolerant |
  architecture | architect | design a | design an | edge cases | edge case | corner cases | worst case |
  time complexity | rigorous | rigorously | in detail | in depth | comprehensive | thorough | thoroughly |
  multi-step | requirements | it must | ensure that | make sure that | taking into account | migrate |
  migration plan | end to end | production-ready | backwards compatible | critically | schritt für schritt |
  étape par étape | paso a paso | passo a passo | шаг за шагом | 一步一步 | 逐步 | ステップバイステップ | 단계별로`;

/** Phrases of questions that ask to judge several statements at once. */
export const COMPOUND_CUES = cues`
  which of these two | each of the following statements | both statements | neither statement |
  statement 1 | statement 2 | statement i | statement ii | scenario 1 | scenario 2 | claim 1 | claim 2 |
  i only | ii only | iii only | i and ii | i and iii | ii and iii | i, ii, and iii | i, ii and iii |
  aussage 1 | affirmation 1 | afirmación 1`;

/** Phrases of questions whose answer is to be read from a text in the prompt. */
export const GIVEN_TEXT_CUES = cues`
  refers to the following | refer to the following | following passage | passage above | passage below |
  according to the passage | according to the text | according to the article | following excerpt |
  excerpt above | text above | text below | article below | based on the following | in the passage |
  texte suivant | folgenden text | siguiente texto | 根据上文 | 根据下文`;
