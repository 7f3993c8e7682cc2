namespace Mlp.Tables.Reading;

/// <summary>Names of months and weekdays, in full and shortened, in the languages that tables are often written in.</summary>
internal static class MonthNames
{
    private static readonly Dictionary<string, int> Months = Read(
        "jan january januar jänner janvier janv enero ene gennaio gen janeiro januari styczeń stycznia sty",
        "feb february februar feber februari février févr fév fevrier febrero febbraio fevereiro fev luty lutego lut",
        "mar march mär märz mrz maart mrt mars marzo março marco marzec marca",
        "apr april avril avr abril abr aprile kwiecień kwietnia kwi",
        "may mai mei mayo maggio mag maio maj maja",
        "jun june juni juin junio giugno giu junho czerwiec czerwca cze",
        "jul july juli juillet juil julio luglio lug julho lipiec lipca lip",
        "aug august augustus août aout agosto ago sierpień sierpnia sie",
        "sep sept september septembre septiembre settembre set setembro wrzesień września wrz",
        "oct october okt oktober octobre octubre ottobre ott outubro out październik października paź",
        "nov november novembre noviembre novembro listopad listopada lis",
        "dec december dez dezember décembre déc decembre diciembre dic dicembre dezembro grudzień grudnia gru");

    private static readonly HashSet<string> Weekdays = new(
        ("mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
        + "montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lundi mardi mercredi "
        + "jeudi vendredi samedi dimanche "
        + "lunes martes miércoles jueves viernes sábado domingo").Split(' '), StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> Fillers = new(
        ["de", "del", "di", "of", "the", "st", "nd", "rd", "th"], StringComparer.OrdinalIgnoreCase);

    /// <summary>From 1 to 12; 0 for other words.</summary>
    public static int Find(ReadOnlySpan<char> word) =>
        Months.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int month) ? month : 0;

    public static bool IsWeekday(ReadOnlySpan<char> word) => Weekdays.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether a word may stand between the parts of a date: "1st of May", "1 de mayo de 2020".</summary>
    public static bool IsFiller(ReadOnlySpan<char> word) => Fillers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static Dictionary<string, int> Read(params string[] months)
    {
        var names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int month = 1; month <= months.Length; month++)
        {
            foreach (string name in months[month - 1].Split(' '))
                names.Add(name, month);
        }
        return names;
    }
}
