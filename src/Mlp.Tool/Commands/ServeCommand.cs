using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Mlp.Tool.Output;
using Mlp.Tool.Serving;
using Mlp.Tool.Web;

namespace Mlp.Tool.Commands;

/// <summary><c>mlp serve</c>: a model → predictions over HTTP, until the command is interrupted.</summary>
internal sealed class ServeCommand : ToolCommand
{
    private const int DefaultPort = 8080;
    private const double DefaultBodyMegabytes = 10;
    private const double MostSeconds = 3600, MostMegabytes = 1024;
    private const int MostPort = 65535;

    private readonly Argument<string> _model =
        new("model") { Description = "A zip that mlp train, or ml.Model.Save, wrote. When the file is replaced, the new model answers." };
    private readonly Option<int?> _port = ParsedOption.Number<int>(
        "--port", $"Where it listens; 0 is any free port [default: {DefaultPort}].", "port");
    private readonly Option<string?> _host = new("--host")
    {
        Description =
            "The address it listens at: 0.0.0.0 for every network of the machine [default: 127.0.0.1, this machine alone].",
        HelpName = "address",
    };
    private readonly Option<double?> _body = ParsedOption.Number<double>(
        "--max-body", $"The longest body of a request, in megabytes [default: {DefaultBodyMegabytes}].", "MB");
    private readonly Option<int?> _rows = ParsedOption.Number<int>(
        "--max-rows", $"The most rows of a request [default: {ServeSettings.DefaultMostRows}].", "rows");
    private readonly Option<double?> _timeout = ParsedOption.Number<double>(
        "--timeout", $"The longest time of a request, in seconds [default: {ServeSettings.DefaultSeconds}].", "seconds");
    private readonly Option<string?> _label =
        new("--label", "-l") { Description = "The label, for a model that mlp train did not write [default: Label].", HelpName = "column" };

    public ServeCommand() => Definition = new Command(
        "serve", "Answers HTTP requests with a model's predictions: JSON at /predict, a form at /.")
    {
        _model, _port, _host, _body, _rows, _timeout, _label,
    };

    public override Command Definition { get; }

    public override ExitCode Run(ParseResult result, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        (ServeSettings settings, LocalServerSettings local) = Read(result);
        Serve(settings, local, terminal, document, cancellationToken).GetAwaiter().GetResult();
        return ExitCode.Success;
    }

    private static async Task Serve(
        ServeSettings settings, LocalServerSettings local, Terminal terminal, JsonObject document, CancellationToken cancellationToken)
    {
        terminal.EndsByInterruption = true;
        await using var store = ModelStore.Open(settings.ModelPath, settings.Label, settings.WatchInterval, terminal);
        var server = new PredictionServer(store, settings, terminal);
        await using (var listening = await LocalServer.Start(local, server.Answer))
        {
            terminal.Result($"{settings.ModelPath}: {ModelStore.Describe(store.Now.Model)}.");
            terminal.Result($"Listening on {listening.Address} until Ctrl-C: a form there, rows as JSON to {listening.Address}predict.");
            if (!IPAddress.IsLoopback(local.Address))
                terminal.Warning("Other machines can reach this server, which asks for no password and encrypts nothing.");
            document["model"] = settings.ModelPath;
            document["address"] = listening.Address.AbsoluteUri;
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        // Now every request that came is answered.
        terminal.Detail(
            $"Stopped after {Figures.Count(server.Metrics.RequestCount, "request", "requests")} and "
                + $"{Figures.Count(server.Metrics.RowCount, "predicted row", "predicted rows")}.");
        document["requests"] = server.Metrics.RequestCount;
        document["rows"] = server.Metrics.RowCount;
        document["loads"] = store.Now.LoadCount;
        document["loadFailures"] = store.Now.FailureCount;
    }

    private (ServeSettings Settings, LocalServerSettings Local) Read(ParseResult result)
    {
        string path = result.GetValue(_model)!;
        if (path == OutputFile.Standard || FileTarget.At(path).IsStream)
            throw new ToolException(ExitCode.Usage, $"The model is '{path}'; it must be a file, which can be read again.");
        int port = result.GetValue(_port) ?? DefaultPort, rows = result.GetValue(_rows) ?? ServeSettings.DefaultMostRows;
        double megabytes = result.GetValue(_body) ?? DefaultBodyMegabytes;
        double seconds = result.GetValue(_timeout) ?? ServeSettings.DefaultSeconds;
        Check(port is >= 0 and <= MostPort, $"--port {port}: it must be a number from 0 to {MostPort}.");
        Check(rows >= 1, $"--max-rows {rows}: it must be at least 1.");
        Check(megabytes is > 0 and <= MostMegabytes, $"--max-body {megabytes}: it must be more than 0 and at most {MostMegabytes} MB.");
        Check(seconds is > 0 and <= MostSeconds, $"--timeout {seconds}: it must be more than 0 and at most {MostSeconds} seconds.");
        string host = result.GetValue(_host) ?? "127.0.0.1";
        IPAddress? address = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
            : IPAddress.TryParse(host, out IPAddress? parsed) ? parsed : null;
        Check(address is not null, $"--host {host}: it must be an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them.");
        var settings = new ServeSettings
        {
            ModelPath = path,
            Label = result.GetValue(_label),
            MostRows = rows,
            TimeOfRequest = TimeSpan.FromSeconds(seconds),
        };
        return (settings, new LocalServerSettings { Address = address!, Port = port, MostBodyBytes = (long)(megabytes * (1 << 20)) });
    }

    private static void Check(bool isFine, string message)
    {
        if (!isFine)
            throw new ToolException(ExitCode.Usage, message);
    }
}
