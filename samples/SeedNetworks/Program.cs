// The networks of five articles, rebuilt with the engine from the articles' own first weights; our numbers beside theirs,
// and once more as ML.NET pipelines.
//
//   dotnet run --project samples/SeedNetworks -c Release                      the beginnings of the long runs, seconds
//   dotnet run --project samples/SeedNetworks -c Release -- --full            the long runs to their ends
//   dotnet run --project samples/SeedNetworks -c Release -- --mnist <folder>  MNIST, from the folder with its four files
//   dotnet run --project samples/SeedNetworks -c Release -- seed-001          one article
//
// Ends with exit code 1 when a number differs.
using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = System.Text.Encoding.UTF8;

string[] known = ["seed-000", "seed-001", "seed-002", "seed-003", "seed-004"];
int mnist = Array.IndexOf(args, "--mnist");
bool full = args.Contains("--full");
string[] chosen = [.. args.Where((argument, index) => argument is not ("--full" or "--mnist") && (mnist < 0 || index != mnist + 1))];
if ((mnist >= 0 && mnist == args.Length - 1) || chosen.Except(known).Any())
{
    Console.Error.WriteLine($"Usage: [{string.Join("] [", known)}] [--full] [--mnist <folder with the four MNIST files>]");
    return 2;
}

if (mnist >= 0)
{
    using var article = new Article("seed-003");
    try
    {
        new DigitTraining<double>(article, args[mnist + 1]).Run();
        new DigitTraining<float>(article, args[mnist + 1]).Run();
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException)
    {
        Console.Error.WriteLine(exception.Message);
        return 2;
    }
}
if (mnist < 0 || chosen.Length > 0 || full)
{
    foreach (string name in chosen.Length == 0 ? known : chosen)
        Run(name);
}

Console.WriteLine($"{Environment.NewLine}{Comparison.Compared - Comparison.Different:N0} of {Comparison.Compared:N0} numbers agree.");
return Comparison.Different == 0 ? 0 : 1;

void Run(string name)
{
    switch (name)
    {
        case "seed-000":
            FiveTimesX.Run(full);
            break;
        case "seed-001":
            EmilyAndFrank.Run();
            break;
        case "seed-002":
            TwoMoons.Run(full);
            break;
        case "seed-003":
            DigitGradients.Run();
            break;
        case "seed-004":
            TenRows.Run();
            break;
    }
    Pipelines.Run(name);
}
