using System.Text;
using System.Text.Json;
using Mlp.TestSupport;

namespace Mlp.Tool.Tests;

/// <summary>A column of texts in a script that puts no blanks between words: made-up messages in Chinese.</summary>
public sealed class UnspacedTextTests : IDisposable
{
    // What the message is about, and words that any message can have.
    private static readonly Dictionary<string, string[]> Topics = new()
    {
        ["delivery"] = ["快递还没有到", "包裹在路上丢了", "送货时间太晚", "物流信息没有更新", "收到的箱子破了"],
        ["billing"] = ["账单上的金额不对", "信用卡被扣了两次款", "发票还没有开", "退款一直没有收到", "优惠没有算进去"],
        ["technical"] = ["应用打开就闪退", "密码重置不了", "登录页面显示错误", "更新以后屏幕变黑", "蓝牙连接不上"],
    };

    private static readonly string[] Openings = ["你好，", "请问，", "昨天", "我的", "不好意思，", "今天早上"],
        Endings = ["，怎么办？", "，请帮忙看一下。", "，谢谢！", "，很着急。", "，已经三天了。"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Train_LearnsFromLettersInARow_WhereThereAreNoBlanks()
    {
        string data = _folder.PathOf("messages.csv");
        File.WriteAllText(data, Messages(rowCount: 300));

        JsonElement trained = ToolRun.Json(
            "train", data, "--label", "department", "--preset", "fast", "--out", _folder.PathOf("model.zip"));

        JsonElement column = trained.GetProperty("table").GetProperty("columns").EnumerateArray()
            .Single(column => column.GetProperty("name").GetString() == "message");
        Assert.Equal("text", column.GetProperty("kind").GetString());
        (double accuracy, double? guess) = ToolRun.Metrics(trained)["accuracy"];
        // Observed: 1.00; a guess 0.33.
        Assert.InRange(accuracy, guess!.Value + 0.4, 1);
    }

    public void Dispose() => _folder.Dispose();

    private static string Messages(int rowCount)
    {
        var random = new Random(1);
        var text = new StringBuilder("message,department\n");
        for (int row = 0; row < rowCount; row++)
        {
            (string department, string[] topics) = Topics.ElementAt(row % Topics.Count);
            text.Append(Draw(Openings)).Append(Draw(topics)).Append(row).Append(Draw(Endings)).Append(',').Append(department).Append('\n');
        }
        return text.ToString();

        string Draw(string[] texts) => texts[random.Next(texts.Length)];
    }
}
