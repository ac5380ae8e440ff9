using System.Text.Json;
using System.Text.RegularExpressions;

namespace FoodDelivery.Tests.EndToEnd;

/// <summary>
/// The part of the <c>.http</c> format that the repository's file uses: requests under titles with <c>###</c>, file variables
/// (<c>@host = …</c>), named requests (<c># @name order</c>) and values of their answers (<c>{{order.response.body.$.orderId}}</c>).
/// </summary>
internal sealed partial class RequestsFile
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);

    private RequestsFile(IReadOnlyList<Request> requests) => Requests = requests;

    public IReadOnlyList<Request> Requests { get; }

    public static RequestsFile Parse(string text)
    {
        var variables = Variable().Matches(text).ToDictionary(static found => found.Groups["name"].Value, static found => found.Groups["value"].Value.Trim(), StringComparer.Ordinal);
        var blocks = Separator().Split(text).Skip(1).Select(Request.Parse);
        var file = new RequestsFile([.. blocks]);
        foreach (var (name, value) in variables)
            file._variables[name] = value;
        return file;
    }

    /// <summary>Keeps an answer, for the requests that speak of it.</summary>
    public void Remember(Request request, string answer)
    {
        if (request.Name is not null)
            _answers[request.Name] = JsonDocument.Parse(answer).RootElement;
    }

    /// <summary>The text with every <c>{{…}}</c> filled in.</summary>
    public string Fill(string text)
    {
        var filled = Placeholder().Replace(text, found => Value(found.Groups["expression"].Value.Trim()));
        return filled == text ? text : Fill(filled);
    }

    private string Value(string expression)
    {
        if (expression == "$guid")
            return Guid.NewGuid().ToString();
        if (_variables.TryGetValue(expression, out var variable))
            return variable;
        var parts = expression.Split('.');
        if (parts is not [var name, "response", "body", "$", .. var path] || !_answers.TryGetValue(name, out var here))
            throw new FormatException($"requests.http speaks of an unknown {expression}.");
        foreach (var step in path)
            here = here.GetProperty(step);
        return here.ToString();
    }

    [GeneratedRegex(@"^@(?<name>\w+)\s*=\s*(?<value>.*)$", RegexOptions.Multiline, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"^###", RegexOptions.Multiline, 1000)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\{\{(?<expression>[^}]+)\}\}", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();

    /// <summary>One request, its placeholders not yet filled in.</summary>
    internal sealed partial record Request(string Title, string? Name, string Method, string Url, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public static Request Parse(string block)
        {
            var all = block.ReplaceLineEndings("\n").Split('\n');
            var name = all.Select(static line => NameLine().Match(line)).FirstOrDefault(static match => match.Success)?.Groups["name"].Value;
            var lines = new Queue<string>(all.Skip(1).Where(static line => !line.StartsWith('#')).SkipWhile(static line => line.Length == 0));
            var words = lines.Dequeue().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (lines.TryDequeue(out var header) && header.Trim().Length > 0)
                headers[header[..header.IndexOf(':', StringComparison.Ordinal)].Trim()] = header[(header.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            return new Request(all[0].Trim(), name, words[0], words[1], headers, string.Join('\n', lines).Trim());
        }

        [GeneratedRegex(@"^#\s*@name\s+(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex NameLine();
    }
}
