using Mlp.Tool;
using Mlp.Tool.Output;

var terminal = Terminal.OfProcess();
using var interruption = new Interruption(terminal.SayInterrupted);
return (int)CommandLine.Run(args, terminal, interruption.Token);

/// <summary>Not public, as the web framework's generator would have it.</summary>
internal sealed partial class Program;
