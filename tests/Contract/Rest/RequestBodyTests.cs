using System.Net;
using System.Text;
using System.Text.Json;
using FoodDelivery.Kernel;
using FoodDelivery.Platform.Hosting.Rest;
using Microsoft.AspNetCore.Http;

namespace FoodDelivery.Tests.Contract.Rest;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData("""{"qty":3}""", 3)]
    [InlineData("""{"qty":"3"}""", 3)]
    [InlineData("""{"qty":" 3 "}""", 3)]
    [InlineData("""{"qty":-3}""", -3)]
    [InlineData("""{"qty":3.0}""", 3)]
    [InlineData("""{"qty":3e2}""", 300)]
    [InlineData("""{"qty":9223372036854775807}""", long.MaxValue)]
    [InlineData("""{"수량":3}""", 3)]
    [InlineData("""{"\uc218\ub7c9":3}""", 3)]
    [InlineData("""{"qty":null,"수량":3}""", 3)]
    [InlineData("""{"Qty":3}""", 3)]
    [InlineData("""{"QUANTITY":3,"qty":"3"}""", 3)]
    [InlineData("""{"\u1109\u116e\u1105\u1163\u11bc":3}""", 3)]
    [InlineData("""{"qty":3,"unknown":{"deep":[1,2,{"er":true}]}}""", 3)]
    [InlineData("\uFEFF{\"qty\":3}", 3)]
    public async Task A_whole_number_is_read_however_it_is_written(string json, long expected) =>
        Assert.Equal(expected, Integer(await Body(json)));

    [Theory]
    [InlineData("1.5")]
    [InlineData("\"1.5\"")]
    [InlineData("\"one\"")]
    [InlineData("\"\"")]
    [InlineData("\"NaN\"")]
    [InlineData("\"１\"")]
    [InlineData("\"0x1\"")]
    [InlineData("\"1,000\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("9223372036854775808")]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"Infinity\"")]
    [InlineData("1e-400")]
    [InlineData("1.00000000000000000000000000000001")]
    public async Task What_is_no_whole_number_is_refused_by_the_name_that_the_caller_used(string value)
    {
        var body = Accepted(await Read(Encoding.UTF8.GetBytes($$"""{"수량":{{value}}}"""), "application/json"));

        Assert.False(body.TryInteger(out _, out var rejection, "qty", "quantity", "수량"));

        Assert.Equal(ErrorKind.Invalid, rejection.Kind);
        Assert.Equal("수량", rejection.Field);
        Assert.DoesNotContain("Exception", rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"item":"통닭 🍗"}""", "통닭 🍗")]
    [InlineData("""{"item":"\ud83c\udf57"}""", "🍗")]
    [InlineData("""{"item":12}""", "12")]
    [InlineData("""{"item":""}""", "")]
    [InlineData("""{"item":null}""", null)]
    [InlineData("{}", null)]
    public async Task A_text_comes_through_unharmed(string json, string? expected)
    {
        Assert.True((await Body(json)).TryText(out var text, out _, "item", "product", "품목"));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("""{"item":true}""")]
    [InlineData("""{"item":["a"]}""")]
    [InlineData("""{"item":{"a":1}}""")]
    [InlineData("""{"item":"a\u0000b"}""")]
    public async Task What_is_no_text_is_refused(string json)
    {
        Assert.False((await Body(json)).TryText(out _, out var rejection, "item"));
        Assert.Equal("item", rejection.Field);
    }

    [Fact]
    public void Fields_are_taken_from_any_JSON_object_however_it_came()
    {
        using var call = JsonDocument.Parse("""{"jsonrpc":"2.0","params":{"품목":"통닭","qty":"2","gift":true,"tags":["a"],"lines":[{"item":"cola"}],"none":null}}""");

        var body = Accepted(RequestBody.From(call.RootElement.GetProperty("params")));

        Assert.True(body.TryText(out var item, out _, "item", "품목"));
        Assert.True(body.TryFlag(out var gift, out _, "gift"));
        Assert.True(body.TryTexts(out var tags, out _, "tags"));
        Assert.True(body.TryList(out var lines, out _, "lines"));
        Assert.True(lines![0].TryText(out var dish, out _, "item"));
        Assert.True(body.TryText(out var none, out _, "none", "jsonrpc"));
        Assert.Equal(("통닭", 2, true, "cola", null), (item, Integer(body), gift, dish, none));
        Assert.Equal(["a"], tags);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"item\":\"pizza\"}]")]
    [InlineData("\"item\"")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("{\"item\":\"\\ud800\"}")]
    public void An_element_that_is_no_object_of_whole_texts_is_refused_as_the_body(string json)
    {
        using var parsed = JsonDocument.Parse(json);

        Assert.Equal("body", Refused(RequestBody.From(parsed.RootElement)).Field);
    }

    [Fact]
    public void An_element_that_is_not_there_is_refused_as_the_body() => Assert.Equal("body", Refused(RequestBody.From(default)).Field);

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n")]
    [InlineData("[]")]
    [InlineData("[{\"item\":\"pizza\"}]")]
    [InlineData("\"item\"")]
    [InlineData("null")]
    [InlineData("12")]
    [InlineData("{")]
    [InlineData("{\"item\":}")]
    [InlineData("{\"item\":NaN}")]
    [InlineData("{\"item\":01}")]
    [InlineData("{\"item\":\"a\",}")]
    [InlineData("{\"item\":\"a\"} x")]
    [InlineData("{\"item\":\"a\"}{}")]
    [InlineData("{'item':'a'}")]
    [InlineData("{/*x*/\"item\":\"a\"}")]
    [InlineData("{\"item\":\"a\",\"item\":\"b\"}")]
    [InlineData("{\"item\":\"a\",\"\\u0069tem\":\"b\"}")]
    [InlineData("{\"x\":{\"a\":1,\"a\":2}}")]
    [InlineData("{\"item\":\"\\ud800\"}")]
    [InlineData("{\"item\":\"\\udc00\\ud800\"}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"unknown\":[\"\\ud800\"]}")]
    [InlineData("{\"item\":\"line\nbreak\"}")]
    public async Task What_is_no_JSON_object_is_refused_as_the_body(string json) =>
        Assert.Equal("body", Refused(await Read(Encoding.UTF8.GetBytes(json), "application/json")).Field);

    [Fact]
    public async Task Invalid_UTF_8_is_refused_wherever_it_is()
    {
        foreach (byte[] broken in new byte[][] { [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xEA, 0xB0] })
        {
            byte[] json = [.. "{\"item\":\""u8, .. broken, .. "\"}"u8];
            Assert.Equal("body", Refused(await Read(json, "application/json")).Field);
        }

        Assert.Equal("body", Refused(await Read(Encoding.Unicode.GetBytes("{\"item\":\"통닭\"}"), null)).Field);
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var json = $"{{\"a\":{new string('[', 5000)}{new string(']', 5000)}}}";

        Assert.Equal("body", Refused(await Read(Encoding.UTF8.GetBytes(json), "application/json")).Field);
    }

    [Theory]
    [InlineData("item=pizza&qty=1", "pizza")]
    [InlineData("item=%ED%86%B5%EB%8B%AD&qty=1", "통닭")]
    [InlineData("%ED%92%88%EB%AA%A9=%ED%86%B5%EB%8B%AD&qty=1", "통닭")]
    [InlineData("item=통닭&qty=1", "통닭")]
    [InlineData("item=a+b%2Bc&qty=1", "a b+c")]
    [InlineData("item=100%&qty=1", "100%")]
    [InlineData("""{"item":"pizza","qty":1}""", "pizza")]
    public async Task A_form_is_read_and_what_curl_calls_a_form_too(string form, string expected)
    {
        var body = Accepted(await Read(Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded"));

        Assert.True(body.TryText(out var text, out _, "item", "품목"));
        Assert.Equal(expected, text);
        Assert.Equal(1, Integer(body));
    }

    [Theory]
    [InlineData("item=a&item=b")]
    [InlineData("item=%FF")]
    [InlineData("%ED%A0%80=1")]
    public async Task A_form_that_is_not_clear_is_refused(string form) =>
        Assert.Equal("body", Refused(await Read(Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded")).Field);

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json;charset=\"utf-8\"")]
    [InlineData("application/json; charset=utf8")]
    [InlineData("application/hal+json")]
    [InlineData("application/merge-patch+json")]
    public async Task JSON_is_known_by_all_its_names(string? type) =>
        Assert.Equal(1, Integer(Accepted(await Read("{\"qty\":1}"u8.ToArray(), type))));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=euc-kr")]
    [InlineData("nonsense")]
    public async Task Another_content_type_is_415(string type)
    {
        var refused = await Assert.ThrowsAsync<BadHttpRequestException>(() => Read("{}"u8.ToArray(), type));

        Assert.Equal((int)HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_64_KiB_is_413_whether_it_says_so_or_not(bool says)
    {
        var json = Encoding.UTF8.GetBytes($"{{\"item\":\"{new string('a', 70_000)}\"}}");

        var refused = await Assert.ThrowsAsync<BadHttpRequestException>(() => Read(json, "application/json", says));

        Assert.Equal((int)HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
    }

    [Fact]
    public async Task A_list_of_objects_has_bodies_of_its_own()
    {
        var body = await Body("""{"lines":[{"품목":"피자","qty":"2"},{"item":"cola"}]}""");

        Assert.True(body.TryList(out var lines, out _, "lines"));

        Assert.Equal(2, lines!.Count);
        Assert.Equal(2, Integer(lines[0]));
        Assert.True(lines[1].TryText(out var item, out _, "item", "품목"));
        Assert.Equal("cola", item);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"a\"")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[{},\"a\"]")]
    public async Task What_is_no_list_of_objects_is_refused(string value)
    {
        Assert.False((await Body($$"""{"lines":{{value}}}""")).TryList(out _, out var rejection, "lines"));
        Assert.Equal("lines", rejection.Field);
    }

    [Fact]
    public async Task Texts_and_flags_are_read()
    {
        var body = await Body("""{"names":["통닭","chicken"],"name":"one","open":"true","soldOut":false,"odd":[1,{}]}""");

        Assert.True(body.TryTexts(out var names, out _, "names"));
        Assert.Equal(["통닭", "chicken"], names!);
        Assert.True(body.TryTexts(out names, out _, "name"));
        Assert.Equal(["one"], names!);
        Assert.False(body.TryTexts(out _, out _, "odd"));
        Assert.True(body.TryFlag(out var open, out _, "open"));
        Assert.True(open);
        Assert.True(body.TryFlag(out var soldOut, out _, "soldOut"));
        Assert.False(soldOut);
        Assert.False(body.TryFlag(out _, out _, "names"));
    }

    [Theory]
    [InlineData("""{"qty":1,"Qty":3}""", "Qty")]
    [InlineData("""{"qty":1,"수량":3}""", "수량")]
    [InlineData("""{"수량":1,"\u1109\u116e\u1105\u1163\u11bc":3}""", "\u1109\u116e\u1105\u1163\u11bc")]
    public async Task Two_names_that_mean_the_same_and_differ_are_refused(string json, string field)
    {
        Assert.False((await Body(json)).TryInteger(out _, out var rejection, "qty", "quantity", "수량"));

        Assert.Equal(("FIELD_AMBIGUOUS", field), (rejection.Reason, rejection.Field));
    }

    [Theory]
    [InlineData("quantiy", "quantity")]
    [InlineData("Quanttiy", "quantity")]
    [InlineData("qt", "qty")]
    [InlineData("itme", "item")]
    [InlineData("수랑", "수량")]
    [InlineData("store", "storeId")]
    public async Task A_slip_of_the_hand_is_told_with_what_was_meant(string written, string meant)
    {
        var body = Asked(await Body($$"""{"{{written}}":3}"""));

        Assert.False(body.IsSpeltRight(out var rejection));
        Assert.Equal((ErrorKind.Invalid, written), (rejection.Kind, rejection.Field));
        Assert.Contains(meant, rejection.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Quantity")]
    [InlineData("_links")]
    [InlineData("orderId")]
    [InlineData("status")]
    [InlineData("note")]
    [InlineData("q")]
    public async Task What_is_another_word_is_left_alone(string written) => Assert.True(Asked(await Body($$"""{"{{written}}":3}""")).IsSpeltRight(out _));

    [Theory]
    [InlineData("a\\u001bb")]
    [InlineData("\\u202eabc")]
    public async Task A_text_that_breaks_a_screen_is_refused_in_every_form(string text)
    {
        var body = await Body($$"""{"item":"{{text}}","names":["ok","{{text}}"]}""");

        Assert.False(body.TryText(out _, out var rejection, "item"));
        Assert.Equal("item", rejection.Field);
        Assert.False(body.TryTexts(out _, out rejection, "names"));
        Assert.Equal("names", rejection.Field);
    }

    private static RequestBody Asked(RequestBody body)
    {
        body.TryInteger(out _, out _, "qty", "quantity", "수량");
        body.TryText(out _, out _, "item", "storeId");
        return body;
    }

    private static async Task<RequestBody> Body(string json) => Accepted(await Read(Encoding.UTF8.GetBytes(json), "application/json"));

    private static async Task<Result<RequestBody>> Read(byte[] bytes, string? contentType, bool saysLength = true)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = saysLength ? bytes.Length : null;
        return await RequestBody.Read(context);
    }

    private static RequestBody Accepted(Result<RequestBody> outcome) => outcome.Value;

    private static Error Refused(Result<RequestBody> outcome) => Assert.IsType<Error>(outcome.Error);

    private static long? Integer(RequestBody body)
    {
        Assert.True(body.TryInteger(out var value, out var rejection, "qty", "quantity", "수량"), rejection?.Message);
        return value;
    }
}
