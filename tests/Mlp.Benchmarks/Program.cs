using System.Globalization;
using BenchmarkDotNet.Running;
using Mlp.Benchmarks;
using Mlp.Benchmarks.Columns;
using Mlp.Benchmarks.Instructions;
using Mlp.Benchmarks.Intervals;
using Mlp.Benchmarks.LearningOn;
using Mlp.Benchmarks.Quality;
using Mlp.Benchmarks.Sharding;
using Mlp.Benchmarks.Stores;
using Mlp.Benchmarks.Tables;
using Mlp.Benchmarks.Torch;
using Mlp.MLNet;

const string Usage = """
    table [--peers PATH] [--python NAME] [--openblas CORE] [--rounds N] [--seconds S] [--only TEXT] [--json FILE]
                                                         every workload, alternating with bench/peers.py; OpenBLAS with the kernels for
                                                         CORE (SkylakeX) where it does not know the processor
    engine [--threads N] [--seconds S] [--only TEXT]     every workload on this engine alone
    gemm [--threads N] [--seconds S]                     matrix products on this engine alone
    products [--threads N] [--seconds S] [--only TEXT]   the products of the workloads' training steps on this engine alone
    growth [--seconds S]                                 time by parameters, by rows and by epochs
    mlnet [--rounds N] [--seconds S] [--only TEXT] [--json FILE]
                                                         reading, Transform, PredictionEngine and memory inside ML.NET
    trees [--data DIR] [--rounds N] [--seconds S] [--only TEXT] [--json FILE]
                                                         Fit and PredictionEngine beside LightGBM and FastTree, on made-up and real tables
    predict [--seconds S]                                a row of a model of the default preset's shape, here and in OnnxRuntime
    scorer [--rounds N]                                  a row of two models in Mlp.Scoring, beside this engine
    instructions --valgrind PATH                         machine instructions of small pieces of work: no quiet machine needed
    columns [--rounds N] [--only TEXT]                   Fit, memory and predictions by what columns are: wide vectors that are mostly 0,
                                                         texts, categories
    tables [--rows N] [--rounds N] [--file FILE]         reading rows of CSV and Parquet as an IDataView, beside ML.NET's TextLoader; of
                                                         --file, a Parquet file, the rate alone
    tables --write FOLDER                                the Parquet files of Arrow that the tests of Mlp.Tables read
    quality --data DIR [--sets A,B] [--seeds N] [--preset NAME|none] [--peers A,B|none] [--python NAME|none] [--json FILE]
                                                         models on public tables, judged on their test rows, beside LightGBM and FastTree;
                                                         of --sets, mixed and tables are names for all tables of their kind
    quality --data DIR --validate [--compare A,B] ...    the same on a part of the training rows, recipes beside each other
    quality --data DIR --inner [--presets A,B] [--inner-rows N] [--first-seed N] ...
                                                         a line a table, quickly: at most 3,000 training rows to fit on, others to judge by
    quality ... [--missing replace|learn] [--without A,B] [--set Name=Value]...
                                                         what our trainer gets for missing numbers; categories that it does not get; its
                                                         options at other values
    quality --data DIR --results FILE,FILE               the tables of what --json wrote
    intervals --data DIR [--sets A,B] [--level P] [--seeds N] [--preset NAME] [--inner] [--no-peer] [--rounds N]
                                                         what prediction intervals hold and how wide they are, beside LightGBM's quantiles
    sets --data DIR [--sets A,B] [--level P] [--seeds N] [--preset NAME] [--most-rows N]
                                                         how often sets of classes hold the label, and how large they are
    learning-on --data DIR --sets A,B [--by COLUMN] [--days N] [--first PART] [--replay ROWS] [--every N] [--epochs N] [--rate F]
                                                         a table in daily pieces: Update each day, beside a full training on all rows
    store rates [--rows N] [--rounds N]                  epochs of rows on disk beside rows in memory
    store fit [--gigabytes G] [--folder DIR] [--epochs N] [--units N] [--checkpoint FILE] [--disk]
                                                         a training on made-up rows, on disk where they do not fit in memory
    store curve [--rows N] [--slots N]                   time and memory of such trainings from 10,000 rows on, and from 10 features on
    store kills [--kills N] [--seed S]                   such trainings, killed at random moments and started again, to the same bits
    store sorted --data DIR [--seeds N]                  models of tables sorted by label, from memory and from disk
    shards [--rounds N] [--threads N]                    what gradient shards of 128 rows cost, beside the same batches as a whole
    rank [--sizes A,B,C] [--batch N] [--shards N] [--steps N] [--threads N]
                                                         a rank of a training, started by mpirun: rank 0 prints what a step takes
    torch write|check FOLDER                             networks to PyTorch and back: .ci/torch
    anything else                                        goes to BenchmarkDotNet, for example: --filter '*Gemm*'
    """;

if (args.Length == 0)
{
    Console.WriteLine(Usage);
    return 2;
}
int threads = int.Parse(Option("--threads") ?? "1");
double seconds = double.Parse(Option("--seconds") ?? "1");
string only = Option("--only") ?? "";
switch (args[0])
{
    case "table":
        ComparisonTable.Run(
            new Peers(Option("--peers"), Option("--python") ?? "python3", seconds, Option("--openblas")), only,
            int.Parse(Option("--rounds") ?? "5"), seconds, Option("--json"));
        return 0;
    case EngineProcess.Verb:
        EngineProcess.Run(args);
        return 0;
    case "predict":
        DefaultPrediction.Run(seconds);
        return 0;
    case "scorer":
        ScorerTable.Run(int.Parse(Option("--rounds") ?? "60"));
        return 0;
    case "instructions":
        foreach ((string name, long count) in InstructionCounts.Measure(Option("--valgrind") ?? "valgrind"))
            Console.WriteLine($"{count,15:N0}  {name}");
        return 0;
    case InstructionCase.Verb:
        InstructionCase.RunAll();
        return 0;
    case "tables" when Option("--write") is string folder:
        ArrowFile.WriteSamples(folder);
        return 0;
    case "tables":
        TableReading.Run(int.Parse(Option("--rows") ?? "200000"), int.Parse(Option("--rounds") ?? "5"), Option("--file"));
        return 0;
    case "growth":
        Growth.Run(seconds);
        return 0;
    case "quality":
        return QualityVerb.Run(args[1..]);
    case "intervals":
        new IntervalVerb(
            double.Parse(Option("--level") ?? "0.9", CultureInfo.InvariantCulture), int.Parse(Option("--seeds") ?? "1"),
            args.Contains("--inner"), Enum.Parse<MlpPreset>(Option("--preset") ?? "Default", ignoreCase: true),
            WithPeer: !args.Contains("--no-peer"), int.Parse(Option("--rounds") ?? "3"))
        .Run(
            Option("--data") ?? throw new ArgumentException("--data is missing; give the folder with the tables."),
            Option("--sets")?.Split(',') ?? []);
        return 0;
    case "sets":
        new SetVerb(
            double.Parse(Option("--level") ?? "0.9", CultureInfo.InvariantCulture), int.Parse(Option("--seeds") ?? "1"),
            int.Parse(Option("--most-rows") ?? $"{int.MaxValue}"),
            Enum.Parse<MlpPreset>(Option("--preset") ?? "Default", ignoreCase: true))
        .Run(
            Option("--data") ?? throw new ArgumentException("--data is missing; give the folder with the tables."),
            Option("--sets")?.Split(',') ?? []);
        return 0;
    case "learning-on":
        new LearningOnVerb(
            int.Parse(Option("--days") ?? "30"), double.Parse(Option("--first") ?? "0.5", CultureInfo.InvariantCulture),
            int.Parse(Option("--replay") ?? "10000"), int.Parse(Option("--every") ?? "1"),
            UpdateSettings(),
            Option("--by"), int.Parse(Option("--seed") ?? "1"))
        .Run(
            Option("--data") ?? throw new ArgumentException("--data is missing; give the folder with the tables."),
            Option("--sets")?.Split(',') ?? throw new ArgumentException("--sets is missing; name tables of --data."));
        return 0;
    case "shards":
        ShardVerb.CompareShards(int.Parse(Option("--rounds") ?? "5"), threads);
        return 0;
    case "rank":
        ShardVerb.RunRank(
            new ShardTraining(
                ShardTraining.ParseSizes(Option("--sizes") ?? "784,512,512,10"), int.Parse(Option("--batch") ?? "1024"),
                int.Parse(Option("--shards") ?? "8"), threads),
            int.Parse(Option("--steps") ?? "40"));
        return 0;
    case "store":
        return StoreVerb.Run(args[1..]);
    case "torch":
        return TorchVerb.Run(args[1..]);
    case "engine":
        foreach (TrainingWorkload workload in TrainingWorkload.All.Where(workload => $"train {workload.Name}".Contains(only)))
        {
            double rate = Engine.Train(workload, threads, seconds);
            Console.WriteLine($"train {workload.Name}: {rate:N0} rows/s, {rate * workload.OperationsPerRow / 1e9:F1} GFLOP/s");
        }
        foreach (ScoringWorkload workload in ScoringWorkload.All.Where(workload => $"score {workload.FullName}".Contains(only)))
        {
            double time = Engine.Score(workload, seconds);
            Console.WriteLine($"score {workload.FullName}: {time:F3} us/row, {workload.OperationsPerRow / time / 1e3:F1} GFLOP/s");
        }
        return 0;
    case "gemm":
        Console.WriteLine($"peak {MultiplyAddPeak.Measure():F0}");
        foreach ((int m, int n, int k) in new[] { (64, 64, 64), (256, 256, 256), (1024, 1024, 1024), (2048, 2048, 2048), (256, 512, 784) })
            Console.WriteLine(
                $"{m} x {n} x {k}: float {Engine.Multiply<float>(m, n, k, threads, seconds):F1}, double "
                    + $"{Engine.Multiply<double>(m, n, k, threads, seconds):F1} GFLOP/s");
        return 0;
    case "products":
        Console.WriteLine($"peak {MultiplyAddPeak.Measure():F0}");
        foreach ((string name, int m, int n, int k, bool aTransposed, bool bTransposed) in new[]
        {
            ("forward", 512, 2048, 1024, false, true), ("forward", 512, 2048, 2048, false, true), ("forward", 512, 1000, 2048, false, true),
            ("weight gradient", 2048, 1024, 512, true, false), ("weight gradient", 2048, 2048, 512, true, false),
                ("weight gradient", 1000, 2048, 512, true, false),
            ("input gradient", 512, 2048, 2048, false, false), ("input gradient", 512, 2048, 1000, false, false),
            ("forward", 256, 512, 784, false, true), ("forward", 256, 512, 512, false, true), ("forward", 256, 10, 512, false, true),
            ("weight gradient", 512, 784, 256, true, false), ("weight gradient", 512, 512, 256, true, false),
                ("weight gradient", 10, 512, 256, true, false),
            ("input gradient", 256, 512, 512, false, false), ("input gradient", 256, 512, 10, false, false),
            ("square", 1024, 1024, 1024, false, false), ("square", 2048, 2048, 2048, false, false),
        })
        {
            if (name.Contains(only))
                Console.WriteLine(
                    $"{name} {m} x {n} x {k}: {Engine.Multiply<float>(m, n, k, threads, seconds, aTransposed, bTransposed):F1} GFLOP/s");
        }
        return 0;
    case "mlnet":
        MLNetTable.Run(only, int.Parse(Option("--rounds") ?? "9"), seconds, Option("--json"));
        return 0;
    case MemoryMeasurements.ChildVerb:
        MemoryMeasurements.RunAsChild(args[1], int.Parse(args[2]));
        return 0;
    case "trees":
        TreeTable.Run(Option("--data"), only, int.Parse(Option("--rounds") ?? "3"), seconds, Option("--json"));
        return 0;
    case "columns":
        ColumnTable.Run(only, int.Parse(Option("--rounds") ?? "3"));
        return 0;
    case ColumnTable.ChildVerb:
        ColumnTable.RunAsChild(args[1]);
        return 0;
    case TreeMeasurement.ChildVerb:
        TreeMeasurement.RunAsChild(
            args[1], args[2], int.Parse(args[3]), double.Parse(args[4], CultureInfo.InvariantCulture), args.ElementAtOrDefault(5));
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(DefaultPrediction).Assembly).Run(args);
        return 0;
}

MlpUpdateSettings UpdateSettings()
{
    var settings = new MlpUpdateSettings();
    return settings with
    {
        NumberOfEpochs = Option("--epochs") is string epochs ? int.Parse(epochs) : null,
        LearningRateFactor = Option("--rate") is string rate
            ? double.Parse(rate, CultureInfo.InvariantCulture) : settings.LearningRateFactor,
    };
}

string? Option(string name)
{
    int index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
