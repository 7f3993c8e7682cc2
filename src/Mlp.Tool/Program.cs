using Mlp.Tool;
using Mlp.Tool.Output;

var terminal = Terminal.OfProcess();
using var interruption = new Interruption(
    () => terminal.Warning("interrupted; ending with what there is so far. Press Ctrl-C again to end at once."));
return (int)CommandLine.Run(args, terminal, interruption.Token);

/// <summary>Not public, as the web framework's generator would have it.</summary>
internal sealed partial class Program;
