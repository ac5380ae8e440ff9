using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Marketing;

return await ServiceRunner.Run(() => MarketingService.Build(args));
