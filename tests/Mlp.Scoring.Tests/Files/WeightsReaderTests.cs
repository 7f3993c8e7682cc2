namespace Mlp.Scoring.Tests.Files;

/// <summary>A file of weights is not trusted.</summary>
public class WeightsReaderTests
{
    private static readonly byte[] Whole = EngineModels.FileOf(
        EngineModels.Create(2, 2, [3], Activation.Relu, OutputLink.Sigmoid, outputs: 1, hasWaves: true), ["red", "ünï"], []);

    [Fact]
    public void WholeFile_IsRead()
    {
        var scorer = new Scorer(new MemoryStream(Whole));
        Assert.Equal((2, 1, 64), (scorer.FeatureCount, scorer.OutputCount, scorer.Id.Length));
        Assert.Equal((2, 0, 0), (scorer.Table(0).IndexOf("ünï"), scorer.Table(0).IndexOf("RED"), scorer.Table(0).IndexOf(null)));
        Assert.Equal([1, 2], scorer.Numbers(0).ToArray());
    }

    [Fact]
    public void FileThatIsCutOff_AnywhereIsRefused() => Assert.All(Enumerable.Range(0, Whole.Length), length =>
        Assert.Contains("export", Assert.Throws<InvalidDataException>(() => Load(Whole[..length])).Message));

    [Fact]
    public void FileThatGoesOn_IsRefused() => Assert.Equal(
        $"The weights have 1 bytes too many at byte {Whole.Length:N0}. It is damaged; export it again.",
        Assert.Throws<InvalidDataException>(() => Load([.. Whole, 0])).Message);

    [Fact]
    public void OtherFile_IsRefused() => Assert.Equal(
        "The weights have other first bytes than weights have, at byte 4. It is damaged; export it again.",
        Assert.Throws<InvalidDataException>(() => Load([80, 75, 3, 4, 0, 0, 0, 0])).Message);

    [Fact]
    public void OtherVersion_IsRefused() => Assert.Equal(
        "The weights have version 9, and this scorer reads versions 1 to 3. Export both again.",
        Assert.Throws<InvalidDataException>(() => Load([.. Whole[..4], 9, 0, 0, 0, .. Whole[8..]])).Message);

    /// <summary>Any byte may be another one: the file is refused, or gives some numbers.</summary>
    [Fact]
    public void DamagedBytes_EndInOneKindOfException()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 1_000; trial++)
        {
            byte[] damaged = [.. Whole];
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            try
            {
                ScoringRows rows = Load(damaged).Rent();
                rows.Add();
                rows.Score();
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    private static Scorer Load(byte[] bytes) => new(new MemoryStream(bytes));
}
