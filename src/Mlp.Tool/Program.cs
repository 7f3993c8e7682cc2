using Mlp.Tool;
using Mlp.Tool.Output;

var terminal = Terminal.OfProcess();
using var interruption = new Interruption(
    () => terminal.Warning("interrupted; ending with what there is so far. Press Ctrl-C again to end at once."));
return (int)CommandLine.Run(args, terminal, interruption.Token);
