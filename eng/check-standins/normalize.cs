#:property Nullable=enable
#:property InvariantGlobalization=true
#:property PublishAot=false
// Compares the TorchSharp stand-in's public members (as apicheck --list writes them) with the real packages' lists, which are
// written in another form. Both are brought into one: kind, name, parameters with names and defaults, result.
//
//   dotnet run normalize.cs -- STANDIN.txt LIST.txt [LIST.txt ...]
//
// Prints every member that one of the lists does not have and exits 1. A member that every list has but for the names of
// its parameters is printed as "by position only": code may call it, but not with named arguments. A member that one of the
// packages calls obsolete is printed too: where warnings are errors, code cannot use it.
using System.Globalization;
using System.Text.RegularExpressions;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: normalize.cs STANDIN.txt LIST.txt [LIST.txt ...]");
    return 2;
}
var own = Member.ReadAll(args[0]);
var lists = args[1..].Select(path => (Name: Path.GetFileNameWithoutExtension(path), Members: Member.ReadAll(path))).ToList();
var exact = lists.ConvertAll(list => list.Members.Select(m => m.Key).ToHashSet());
var loose = lists.ConvertAll(list => list.Members.Select(m => m.KeyWithoutNames).ToHashSet());
var (strange, positional) = (0, 0);
foreach (var member in own.DistinctBy(m => m.Key).OrderBy(m => m.Key, StringComparer.Ordinal))
{
    foreach (var (list, _) in lists.Where(list => list.Members.Any(m => m.IsObsolete && m.Key == member.Key)))
        Console.WriteLine($"obsolete in {list}: {member.Key}");
    if (exact.All(keys => keys.Contains(member.Key)))
        continue;
    if (loose.All(keys => keys.Contains(member.KeyWithoutNames)))
    {
        positional++;
        Console.WriteLine($"by position only: {member.Key}");
        continue;
    }
    strange++;
    var missing = lists.Where((_, i) => !loose[i].Contains(member.KeyWithoutNames)).Select(list => list.Name);
    Console.WriteLine($"not in {string.Join(" and ", missing)}: {member.Key}");
}
Console.WriteLine($"{own.Count} members checked, {strange} not in the real API, {positional} by position only");
return strange == 0 ? 0 : 1;

/// <summary>A member in the common form.</summary>
sealed record Member(string Kind, string Name, IReadOnlyList<Parameter>? Parameters, string Result)
{
    private static readonly string[] Modifiers =
        ["public", "protected", "internal", "private", "static", "virtual", "abstract", "override", "sealed", "readonly", "const", "new"];

    private const string TypeWords = @"^((static|sealed|abstract|readonly|flags|ref) )*(class|struct|enum|interface|delegate)\b";

    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Int16"] = "short",
        ["UInt16"] = "ushort",
        ["UInt32"] = "uint",
        ["UInt64"] = "ulong",
        ["Single"] = "float",
        ["Double"] = "double",
        ["Boolean"] = "bool",
        ["String"] = "string",
        ["Object"] = "object",
        ["Void"] = "void",
        ["Byte"] = "byte",
        ["SByte"] = "sbyte",
        ["Char"] = "char",
    };

    public bool IsObsolete { get; init; }

    public string Key => Write(p => p.ToString());

    public string KeyWithoutNames => Write(p => (p with { Name = "_" }).ToString());

    public static List<Member> ReadAll(string path) =>
        File.ReadLines(path)
            .Where(line => line.Length > 0)
            .Select(line => Regex.IsMatch(line, "^[TCMPFE] ") ? FromTool(line) : FromList(line))
            .ToList();

    /// <summary>M A+B.m(System.Int32 x = 1) : System.Void [public static]</summary>
    private static Member FromTool(string line)
    {
        var kind = line[..1];
        var body = line[2..].Replace('+', '.');
        body = Regex.Replace(body, @"`\d+", "");
        if (kind == "T")
            return new Member("T", TypeName(Regex.Replace(body, @"( :| \[|\().*$", "")), null, "");
        if (kind == "F" && body.EndsWith("[enum]"))
        {
            var equals = body.IndexOf(" = ", StringComparison.Ordinal);
            return new Member("F", body[..equals], null, body[(equals + 3)..^" [enum]".Length]);
        }
        var (name, parameters, rest) = Split(Regex.Replace(body, @" \[(public|protected)[^\]]*\].*$", ""));
        return new Member(kind, name, parameters, ResultOf(kind == "C" ? "" : rest));
    }

    /// <summary>A.B.m(int x = 1) : public static void</summary>
    private static Member FromList(string line)
    {
        if (Regex.Match(line, @"\s+\[Obsolete\]$") is { Success: true } mark)
            return FromList(line[..mark.Index]) with { IsObsolete = true };
        if (Regex.Match(line, @"^(\S+) = (-?\d+)$") is { Success: true } constant)
            return new Member("F", constant.Groups[1].Value, null, constant.Groups[2].Value);
        var (name, parameters, rest) = Split(line.Replace("..ctor(", ".ctor("));
        rest = Regex.Replace(rest, @" where \w+ :.*$", "").Replace("{ protected get; }", "{ get; }");
        if (parameters is null && Regex.IsMatch(rest, TypeWords))
            return new Member("T", TypeName(name), null, "");
        var words = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var kind = words.FirstOrDefault() switch
        {
            "property" => "P",
            "field" => "F",
            "event" => "E",
            _ => name.EndsWith(".ctor") ? "C" : "M",
        };
        if (kind is "P" or "F" or "E")
            words.RemoveAt(0);
        while (words.Count > 0 && Modifiers.Contains(words[0]))
            words.RemoveAt(0);
        return new Member(kind, name, parameters, ResultOf(kind == "C" ? "" : string.Join(' ', words)));
    }

    /// <summary>Name, parameters in brackets (null when there are none) and what follows the colon.</summary>
    private static (string Name, List<Parameter>? Parameters, string After) Split(string text)
    {
        var depth = 0;
        var (open, close, colon) = (-1, -1, text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '<')
                depth++;
            else if (text[i] is '>')
                depth--;
            else if (text[i] is '(' or '[' && depth == 0 && open < 0 && i > 0 && text[i - 1] != ' ')
                (open, close) = (i, Matching(text, i));
            else if (depth == 0 && text.AsSpan(i).StartsWith(" : ") && i > close)
            {
                colon = i;
                break;
            }
            if (close > i)
                i = close;
        }
        var rest = colon < text.Length ? text[(colon + 3)..] : "";
        if (open < 0)
            return (TypeName(text[..colon]), null, rest);
        return (TypeName(text[..open]), TopLevel(text[(open + 1)..close]).Select(Parameter.Parse).ToList(), rest);
    }

    private static int Matching(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' or '<' or '{' ? 1 : text[i] is ')' or ']' or '>' or '}' ? -1 : 0;
            if (depth == 0)
                return i;
        }
        return text.Length;
    }

    public static IEnumerable<string> TopLevel(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] is '(' or '[' or '<' ? 1 : text[i] is ')' or ']' or '>' ? -1 : 0;
            if (text[i] != ',' || depth != 0)
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }
        if (text[start..].Trim() is { Length: > 0 } last)
            yield return last;
    }

    private static string ResultOf(string text)
    {
        var constant = Regex.Match(text, @"^(.*) = (\S+)$");
        return constant.Success ? $"{TypeName(constant.Groups[1].Value)} = {Parameter.Default(constant.Groups[2].Value)}" : TypeName(text);
    }

    /// <summary>System.Int32 is int, (A, B) is ValueTuple of A and B, and types right under System stand without it.</summary>
    public static string TypeName(string type)
    {
        type = Regex.Replace(type, @"\bSystem\.(\w+)\b(?!\.)", m => Keywords.GetValueOrDefault(m.Groups[1].Value, m.Value));
        type = Regex.Replace(type, @"\bSystem\.(?=\w+(?![\w.]))", "");
        // Tuples inside out: the innermost brackets become angle brackets first.
        while (Regex.IsMatch(type, @"(?<![\w>])\(([^()]*)\)"))
            type = Regex.Replace(type, @"(?<![\w>])\(([^()]*)\)", "ValueTuple<$1>");
        return type;
    }

    private string Write(Func<Parameter, string> show)
    {
        var parameters = Parameters is null ? "" : $"({string.Join(", ", Parameters.Select(show))})";
        return $"{Kind} {Name}{parameters}{(Result.Length > 0 ? $" : {Result}" : "")}";
    }
}

/// <summary>A parameter in the common form.</summary>
sealed record Parameter(string Type, string Name, string? Value)
{
    public static Parameter Parse(string text)
    {
        var equals = text.IndexOf(" = ", StringComparison.Ordinal);
        var head = equals < 0 ? text : text[..equals];
        var space = head.LastIndexOf(' ');
        return new Parameter(Member.TypeName(head[..space]), head[(space + 1)..], equals < 0 ? null : Default(text[(equals + 3)..]));
    }

    /// <summary>Numbers by value, enum members by their own name, default as null.</summary>
    public static string Default(string text)
    {
        if (text is "default")
            return "null";
        if (text.StartsWith('"') || text.StartsWith('\''))
            return text;
        if (double.TryParse(text.TrimEnd('f', 'd'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number.ToString("R", CultureInfo.InvariantCulture);
        return text[(text.LastIndexOf('.') + 1)..];
    }

    public override string ToString() => $"{Type} {Name}{(Value is null ? "" : $" = {Value}")}";
}
