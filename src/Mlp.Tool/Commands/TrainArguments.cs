using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mlp.MLNet;
using Mlp.Mpi;
using Mlp.Tables;
using Mlp.Tables.Descriptions;
using Mlp.Tool.Output;
using Mlp.Tool.Pipelines;

namespace Mlp.Tool.Commands;

/// <summary>The arguments and options of <c>mlp train</c>.</summary>
internal sealed class TrainArguments
{
    private const double DefaultTestFraction = 0.25;
    private const int DefaultSeed = 1;
    // With --mpi: of batches of 1,024 rows 128 each.
    private const int DefaultShards = 8;
    private const string DefaultModelPath = "model.zip";

    private readonly DataArguments _data = new(
        "A file with one row per line: CSV or its relatives, also compressed; Parquet; or a folder of pictures in MNIST's format. - is "
            + "standard input. Several files of the same columns are one table, and * stands for any name.");
    private readonly Option<string> _label = new("--label", "-l")
    {
        Description =
            "The column to be predicted: its name, or its number from 1.",
        HelpName = "column",
        Required = true
    };
    private readonly Option<TaskChoice> _task = ParsedOption.Choice<TaskChoice>(
        "--task", "What is to be predicted [default: found out from the label].");
    private readonly Option<string?> _positive = new("--positive")
    {
        Description =
            "Of two classes the one whose probability is given [default: the one that means yes (1, true, ja), or the rarer one].",
        HelpName = "class"
    };
    private readonly Option<double?> _test = ParsedOption.Number<double>(
        "--test", "The part of the rows that tests, of each class the same [default: 0.25].", "fraction");
    private readonly Option<string?> _splitColumn =
        new("--split-column") { Description = "A column that says train or test of each row.", HelpName = "column" };
    private readonly Option<string?> _testLatest =
        new("--test-latest") { Description = "A column of dates: the latest rows test, not rows that are drawn.", HelpName = "column" };
    private readonly Option<ThresholdRule?> _threshold = ThresholdRule.Option();
    private readonly Option<int?> _cv = ParsedOption.Number<int>(
        "--cv", "Also cross-validates the training rows in so many parts; the figures of the parts say how far to trust one.", "parts");
    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description =
            "Saves the state of the training there every minute; a command that was killed goes on from it when it is given again.",
        HelpName = "file"
    };
    private readonly Option<RowStorePlace> _rowStore = ParsedOption.Choice<RowStorePlace>(
        "--row-store", "Where the training rows are: in memory, on disk, or on disk when they do not fit [default: auto].");
    private readonly Option<string?> _rowFolder = new("--row-folder")
    {
        Description = "The folder for rows on disk, with room for twice their size [default: that for temporary files].",
        HelpName = "folder"
    };
    private readonly Option<MlpPreset> _preset = ParsedOption.Choice<MlpPreset>(
        "--preset", "The recipe: default is ten networks, fast one, best twenty, plain the textbook's.");
    private readonly Option<int?> _epochs = ParsedOption.Number<int>(
        "--epochs", "Passes over the rows, at most [default: the preset's].", "count");
    private readonly Option<int[]?> _layers = new("--layers")
    {
        Description =
            "Units of the hidden layers: 128,64 [default: the preset's].",
        HelpName = "units",
        CustomParser = ParseLayers
    };
    private readonly Option<double?> _learningRate = ParsedOption.Number<double>(
        "--learning-rate", "Size of a step [default: the preset's].", "rate");
    private readonly Option<int?> _batchSize = ParsedOption.Number<int>(
        "--batch-size", "Rows per step [default: by the number of rows].", "rows");
    private readonly Option<int?> _networks = ParsedOption.Number<int>("--networks",
        "Networks of the model; with the presets default and best half of them are trained on all rows [default: the preset's].", "count");
    private readonly Option<int?> _seed = ParsedOption.Number<int>(
        "--seed", "Of the test rows, the first weights and the order of rows: the same seed gives the same model [default: 1].", "number");
    private readonly Option<int?> _threads = ParsedOption.Number<int>(
        "--threads", "Threads, which change no result [default: one per processor].", "count");
    private readonly Option<int?> _shards = ParsedOption.Number<int>(
        "--shards", "Ranges of a batch's rows whose gradients are added in a fixed order, so that --mpi can share them; a power of two, "
            + "and as much a part of the result as the seed [default: 1, with --mpi 8].", "count");
    private readonly Option<bool> _mpi = new("--mpi")
    {
        Description =
            "The processes that mpirun has started train together, and get the result of one process with as many --shards.",
    };
    private readonly Option<EnsemblePart?> _member = MemberOption.Create();
    private readonly Option<double[]?> _intervals = IntervalsOption.Create();
    private readonly TuneArguments _tune = new();
    private readonly ReplayArguments _memory = new();
    private readonly Option<string[]> _number = Columns("--number", "Columns that are numbers.");
    private readonly Option<string[]> _category = Columns("--category", "Columns that are categories.");
    private readonly Option<string[]> _text = Columns("--text", "Columns that are free text.");
    private readonly Option<string[]> _date = Columns("--date", "Columns that are dates.");
    private readonly Option<string[]> _ignore = Columns("--ignore", "Columns to leave out.");
    private readonly TableArguments _table = new();
    private readonly Option<string> _out =
        new("--out", "-o")
        {
            Description = "The model, a zip that ML.NET's ml.Model.Load reads. - is standard output.",
            DefaultValueFactory = _ => DefaultModelPath,
            HelpName = "model.zip"
        };
    private readonly Option<string?> _report =
        new("--report") { Description = "A page with curves, metrics and explanations.", HelpName = "report.html" };
    private readonly Option<bool> _watch =
        new("--watch") { Description = "A page on this machine that shows the training while it goes on; its address is printed." };
    private readonly Option<int?> _port = ParsedOption.Number<int>(
        "--port", "Where the page of --watch listens [default: any free port].", "port");
    private readonly Option<string?> _code =
        new("--code") { Description = "A C# program that trains the same model.", HelpName = "Program.cs" };

    public TrainArguments()
    {
        Command = new Command("train", "Trains a network on a table and tests it on rows it did not see.")
        {
            _label, _task, _positive, _test, _testLatest, _splitColumn, _threshold, _cv, _preset, _epochs, _layers,
                _learningRate, _batchSize, _networks, _seed,
                _threads, _intervals,
            _number, _category, _text, _date, _ignore,
        };
        _data.AddTo(Command);
        _table.AddTo(Command);
        Command.Add(_checkpoint);
        Command.Add(_rowStore);
        Command.Add(_rowFolder);
        Command.Add(_member);
        _tune.AddTo(Command);
        Command.Add(_shards);
        Command.Add(_mpi);
        _memory.AddTo(Command);
        Command.Add(_out);
        Command.Add(_report);
        Command.Add(_code);
        Command.Add(_watch);
        Command.Add(_port);
    }

    public enum TaskChoice
    {
        Auto,
        Binary,
        Multiclass,
        Regression,
    }

    public Command Command { get; }

    /// <summary>Starts the ranks of --mpi, before anything can fail on one of them; null without it.</summary>
    public MpiRanks? StartRanks(ParseResult result, Terminal terminal)
    {
        if (!result.GetValue(_mpi))
            return null;
        var ranks = MpiRanks.Start(Tell);
        terminal.IsSilent = ranks.Rank > 0;
        return ranks;

        void Tell(RankFailedException failure)
        {
            terminal.IsErrorTold = true;
            terminal.Error(ToolWords.Of(failure.Message));
        }
    }

    /// <param name="result">What was given.</param>
    /// <param name="ranks">From <see cref="StartRanks"/>; the first of them alone writes files.</param>
    /// <exception cref="ToolException">Options contradict each other, or a path cannot be written to.</exception>
    public TrainRequest Read(ParseResult result, MpiRanks? ranks)
    {
        double? test = result.GetValue(_test);
        string? splitColumn = result.GetValue(_splitColumn);
        if (test is not null && splitColumn is not null)
            throw new ToolException(ExitCode.Usage, "--test and --split-column contradict each other: one of them says which rows test.");
        string? latest = result.GetValue(_testLatest);
        if (latest is not null && splitColumn is not null)
            throw new ToolException(
                ExitCode.Usage, "--test-latest and --split-column contradict each other: one of them says which rows test.");
        if (test is not (null or (> 0 and < 1)))
            throw new ToolException(ExitCode.Usage, $"--test {test}: it must lie between 0 and 1, for example 0.25.");

        if (result.GetValue(_cv) is < 2)
            throw new ToolException(
                ExitCode.Usage, $"--cv {result.GetValue(_cv)}: a cross-validation has two parts at least, for example 5.");

        EnsemblePart? member = result.GetValue(_member);
        TunePlan? tune = _tune.Read(result, member);
        if (tune is null)
            CheckMember(member, result);
        else
            CheckTune(result);
        if (ranks is not null && (member is not null || tune is not null))
        {
            throw new ToolException(
                ExitCode.Usage,
                $"--mpi and {(member is null ? "--tune" : $"--member {member}")} contradict each other: either all processes train each "
                    + "network together, or each job trains some of them. Leave one of the two out.");
        }
        string modelPath = member is not null && tune is null && result.GetResult(_out) is null or { Implicit: true }
            ? $"part{member!.Number}" : result.GetValue(_out)!;
        string? reportPath = result.GetValue(_report), codePath = result.GetValue(_code);
        DataRequest data = _data.Read(result);
        string[] dataPaths = [.. data.Paths];
        if (ranks is not null && dataPaths.Contains(OutputFile.Standard))
        {
            throw new ToolException(
                ExitCode.Usage, "--mpi and - contradict each other: every process reads the table, and only one has standard input. Give "
                    + "the name of a file that all of them see.");
        }
        string? checkpointPath = result.GetValue(_checkpoint);
        if (checkpointPath is not null && FileTarget.At(checkpointPath).IsStream | checkpointPath == OutputFile.Standard)
            throw new ToolException(ExitCode.Usage, $"--checkpoint {checkpointPath}: it must be a file, which can be read again.");
        if (ranks is not { Rank: > 0 })
        {
            OutputFile.Check("--out", modelPath, dataPaths, []);
            OutputFile.Check("--checkpoint", checkpointPath, dataPaths, [modelPath]);
            OutputFile.Check("--report", reportPath, dataPaths, [modelPath]);
            OutputFile.Check("--code", codePath, dataPaths, [modelPath, reportPath]);
            OutputFile.Check("--code", TrainRequest.DataPathOf(codePath), dataPaths, [modelPath, reportPath]);
        }
        int seed = result.GetValue(_seed) ?? DefaultSeed;
        return new TrainRequest
        {
            Data = data,
            Table = _table.Read(result) with
            {
                Label = result.GetValue(_label),
                // All but one of the choices have the name of a task.
                Task = Enum.TryParse(result.GetValue(_task).ToString(), out TableTask task) ? task : null,
                PositiveClass = result.GetValue(_positive),
                SplitColumn = splitColumn,
                Kinds = ReadKinds(result),
            },
            Split = new SplitPlan
            {
                TestFraction = splitColumn is null ? test ?? DefaultTestFraction : null,
                Seed = seed,
                TimeColumn = latest,
            },
            Trainer = new TrainerPlan
            {
                Task = TableTask.Binary,
                LabelColumn = "",
                Preset = result.GetValue(_preset),
                Seed = seed,
                NumberOfEpochs = result.GetValue(_epochs),
                // If the option is absent, the value is an empty array, which would mean a linear model.
                HiddenLayerSizes = result.GetResult(_layers) is null ? null : result.GetValue(_layers),
                LearningRate = result.GetValue(_learningRate),
                BatchSize = result.GetValue(_batchSize),
                NumberOfNetworks = result.GetValue(_networks),
                NumberOfThreads = result.GetValue(_threads),
                GradientShards = result.GetValue(_shards) ?? (ranks is null ? null : DefaultShards),
                Levels = IntervalsOption.Read(result, _intervals),
                RowStore = ReadRowStore(result),
            },
            HasTestFraction = test is not null,
            Threshold = result.GetValue(_threshold),
            FoldCount = result.GetValue(_cv),
            CheckpointPath = checkpointPath,
            Member = member,
            Tune = tune,
            Ranks = ranks,
            Replay = _memory.Read(result, modelPath),
            ModelPath = modelPath,
            ReportPath = reportPath,
            CodePath = codePath,
            WatchPort = ReadPort(result),
            CommandText = "mlp " + string.Join(
                " ", result.Tokens.Select(token => _data.WithoutConnection(result, token.Value)).Select(
                    token => token.Contains(' ') ? $"\"{token}\"" : token)),
        };
    }

    private int? ReadPort(ParseResult result)
    {
        int? port = result.GetValue(_port);
        if (port is < 0 or > 65535)
            throw new ToolException(ExitCode.Usage, $"--port {port}: it must be a number from 0 to 65535.");
        if (port is not null && !result.GetValue(_watch))
            throw new ToolException(ExitCode.Usage, $"--port {port} is where the page of --watch listens. Give --watch as well.");
        return result.GetValue(_watch) ? port ?? 0 : null;
    }

    /// <summary>Null where neither option is given.</summary>
    /// <exception cref="ToolException">The folder does not exist.</exception>
    private RowStore? ReadRowStore(ParseResult result)
    {
        string? folder = result.GetValue(_rowFolder);
        if (folder is not null && !Directory.Exists(folder))
            throw new ToolException(ExitCode.Usage, $"--row-folder {folder}: there is no such folder. Make it, or name one that exists.");
        return result.GetResult(_rowStore) is null or { Implicit: true } && folder is null ? null : new RowStore
        {
            Place = result.GetValue(_rowStore),
            Directory = folder is null ? null : Path.GetFullPath(folder),
        };
    }

    /// <summary>A job trains some of the networks: it cannot make what needs the whole model, and each job would repeat what trains further
    /// models.</summary>
    private void CheckMember(EnsemblePart? member, ParseResult result)
    {
        if (member is null)
            return;
        string? other = result.GetValue(_report) is not null ? "--report"
            : result.GetValue(_code) is not null ? "--code"
            : result.GetValue(_cv) is not null ? "--cv"
            : result.GetResult(_intervals) is not null ? "--intervals"
            : _memory.IsGiven(result) ? "--replay"
            : result.GetValue(_threshold) is { Probability: null } rule ? $"--threshold {(rule.Kind == ThresholdKind.F1 ? "f1" : "auto")}"
            : null;
        if (other is not null)
        {
            throw new ToolException(
                ExitCode.Usage,
                $"{other} needs all networks, and --member {member} trains some of them. Leave {other} out, or train without --member.");
        }
    }

    /// <summary>A search trains networks in its own way.</summary>
    private void CheckTune(ParseResult result)
    {
        string? other = result.GetValue(_checkpoint) is not null ? "--checkpoint"
            : result.GetValue(_code) is not null ? "--code"
            : result.GetValue(_watch) ? "--watch"
            : result.GetResult(_intervals) is not null ? "--intervals"
            : _memory.IsGiven(result) ? "--replay"
            : null;
        if (other is not null)
        {
            throw new ToolException(
                ExitCode.Usage, $"{other} is for one training, and --tune is a search of many. Leave one of them out."
                    + (other == "--checkpoint" ? " What --tune-folder names keeps a search." : ""));
        }
    }

    private Dictionary<string, ColumnKind> ReadKinds(ParseResult result)
    {
        var kinds = new Dictionary<string, ColumnKind>();
        foreach ((Option<string[]> option, ColumnKind kind) in ((Option<string[]>, ColumnKind)[])[
            (_number, ColumnKind.Number), (_category, ColumnKind.Category), (_text, ColumnKind.Text), (_date, ColumnKind.Date),
            (_ignore, ColumnKind.Ignored)])
        {
            foreach (string name in (result.GetValue(option) ?? [])
                .SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            {
                if (!kinds.TryAdd(name, kind) && kinds[name] != kind)
                    throw new ToolException(
                        ExitCode.Usage,
                        $"Both {OptionNames.CommandLine.OfKind(kinds[name])} and {option.Name} name the column '{name}'. Take it out of "
                            + "one of them.");
            }
        }
        return kinds;
    }

    private static Option<string[]> Columns(string name, string description) =>
        new(name) { Description = description + " Names or numbers, separated by commas.", HelpName = "columns" };

    private static int[]? ParseLayers(ArgumentResult result)
    {
        string text = string.Join(",", result.Tokens.Select(token => token.Value));
        if (text is "" or "none")
            return [];
        string[] parts = text.Split(',');
        int[] units = new int[parts.Length];
        for (int index = 0; index < parts.Length; index++)
        {
            if (!int.TryParse(parts[index], CultureInfo.InvariantCulture, out units[index]) || units[index] < 1)
            {
                result.AddError(
                    $"--layers {text}: units are whole numbers from 1, separated by commas, as in 128,64; none is a linear model.");
                return null;
            }
        }
        return units;
    }
}
